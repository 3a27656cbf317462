import { canonicalRule } from "#policy/canonical-rule.ts";
import { isPoliced, type Party } from "#policy/evaluation/party.ts";
import type { FailedCriterion, NoRuleReason, SideVerdict, TraceStep, Verdict } from "#policy/packet.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Direction, Position, Rule } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { Tag } from "#policy/tag.ts";

/** One side's answer with every rule of every profile that it asks, in the order of the walk: plain JSON. */
export type SideTrace = {
  readonly verdict: Verdict;
  readonly direction: Direction;
  readonly decidedBy:
    | { readonly kind: "rule"; readonly profile: ProfileId; readonly position: Position }
    | { readonly kind: NoRuleReason; readonly profile?: ProfileId };
  readonly profiles: readonly ProfileTrace[];
};

export type ProfileTrace = {
  readonly profile: ProfileId;
  readonly leaf: "valid" | "missing" | "invalid";
  readonly rows: readonly RuleTrace[];
  /** True when the walk came to the end of this profile without a decision. */
  readonly isPassed: boolean;
};

/** A rule with what came of it; `not-reached` ones stand behind the one that decided. */
export type RuleTrace = {
  readonly position: Position;
  readonly rule: Rule;
  readonly outcome: TraceStep["outcome"] | "not-reached";
  readonly failed: readonly FailedCriterion[];
};

/** A tag that a verdict turns on: what the other end holds, or lacks. */
export type KeyUse = { readonly tag: Tag; readonly end: "from" | "to"; readonly isHeld: boolean };

/** Writes one side out: rules passed over, the one that decided, and those behind it that were never asked. */
export function traceSide(snapshot: Snapshot, side: SideVerdict, party: Party): SideTrace {
  const { verdict, direction, decidedBy } = side;
  const asked = isPoliced(party) && decidedBy.kind !== "not-policed" ? party.profileIds : [];
  return {
    ...{ verdict, direction },
    decidedBy:
      decidedBy.kind === "rule"
        ? { kind: "rule", profile: decidedBy.profile, position: decidedBy.position }
        : decidedBy,
    profiles: asked.map((profile) => traceProfile(snapshot, side, profile)),
  };
}

/** The tags the sides' deciding rules ask of the other end; of a side that denied, the one tag its nearest miss lacked. */
export function keysOf(side: SideVerdict, nearest: TraceStep | undefined): readonly KeyUse[] {
  const far = side.direction === "inbound" ? "from" : "to";
  const tagOf = (rule: Rule) => canonicalRule(rule)[far === "from" ? "src" : "dst"].tag;
  if (side.verdict === "allow") {
    const tag = side.decidedBy.kind === "rule" ? tagOf(side.decidedBy.rule) : undefined;
    return tag === undefined ? [] : [{ tag, end: far, isHeld: true }];
  }
  const field = far === "from" ? "src_tag" : "dst_tag";
  const isOnlyMiss = nearest?.failed.length === 1 && nearest.failed[0]?.field === field;
  const tag = isOnlyMiss ? tagOf(nearest.rule) : undefined;
  return tag === undefined ? [] : [{ tag, end: far, isHeld: false }];
}

function traceProfile(snapshot: Snapshot, { direction, decidedBy, trace }: SideVerdict, id: ProfileId): ProfileTrace {
  const leaf = snapshot.profiles.get(id)?.rules;
  if (leaf?.kind !== "valid") return { profile: id, leaf: leaf?.kind ?? "missing", rows: [], isPassed: false };
  const steps = new Map(trace.filter(({ profile }) => profile === id).map((step) => [step.position, step]));
  const rows = leaf.value[direction].map((rule, index): RuleTrace => {
    const step = steps.get(index + 1);
    return {
      ...{ position: index + 1, rule },
      outcome: step?.outcome ?? "not-reached",
      failed: step?.failed ?? [],
    };
  });
  const isDecidedHere = decidedBy.kind === "rule" && decidedBy.profile === id;
  const isWalked =
    rows.every(({ outcome }) => outcome !== "not-reached") || rows.some(({ outcome }) => outcome === "left-profile");
  return { profile: id, leaf: "valid", rows, isPassed: !isDecidedHere && isWalked && wasAsked(decidedBy, rows) };
}

/** An empty list is passed as well, where rules were asked at all. */
function wasAsked(decidedBy: SideVerdict["decidedBy"], rows: readonly RuleTrace[]): boolean {
  return rows.length > 0 || decidedBy.kind === "no-rule-matched" || decidedBy.kind === "rule";
}
