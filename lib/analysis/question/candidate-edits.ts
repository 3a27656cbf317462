import type { ScopedEdit } from "#analysis/impact/scoped-edit.ts";
import { canonicalRule } from "#policy/canonical-rule.ts";
import type { Evaluation, FailedCriterion, Packet, SideVerdict, TraceStep } from "#policy/packet.ts";
import { parseStrictRule } from "#policy/parse-strict-rule.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { formatProtocol } from "#policy/protocol.ts";
import type { Direction, Position, Rule } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { Tag } from "#policy/tag.ts";
import type { Traffic } from "#policy/traffic.ts";

/** Who is at each end as far as edits can reach them: their profiles, and its network where it is known by that. */
export type EndPolicy = { readonly profileIds: readonly ProfileId[]; readonly net?: string };

/** A denied or allowed packet with everything that edits could be about. */
export type Judgement = {
  readonly snapshot: Snapshot;
  readonly packet: Omit<Packet, "src" | "dst">;
  readonly evaluation: Evaluation;
  readonly from: EndPolicy;
  readonly to: EndPolicy;
  /** The fields of a rule that is about all that was asked; absent: about this packet alone. */
  readonly traffic?: Traffic;
};

type Edits = readonly ScopedEdit[];

/** Combinations of one edit at each end that are tried where both ends deny. */
const MAX_EACH = 5;

/** Edits that may let the packet through; whoever proposes one has to try it. */
export function openingEdits(judgement: Judgement): readonly Edits[] {
  const { sender, receiver } = judgement.evaluation;
  const out = sender.verdict === "deny" ? openSide(judgement, sender) : undefined;
  const into = receiver.verdict === "deny" ? openSide(judgement, receiver) : undefined;
  if (out === undefined || into === undefined) return out ?? into ?? [];
  return out.slice(0, MAX_EACH).flatMap((first) => into.slice(0, MAX_EACH).map((second) => [...first, ...second]));
}

/** Edits that may stop the packet; one end is enough. */
export function closingEdits(judgement: Judgement): readonly Edits[] {
  const { sender, receiver } = judgement.evaluation;
  return [...closeSide(judgement, receiver), ...closeSide(judgement, sender)];
}

function openSide(judgement: Judgement, side: SideVerdict): readonly Edits[] {
  return [...side.trace.flatMap((step) => tagEdits(judgement, step)), ...ruleEdits(judgement, side)];
}

/** An allow that only lacks tags: hold what it asks for, give up what it excludes. */
function tagEdits(judgement: Judgement, { rule, outcome, failed }: TraceStep): readonly Edits[] {
  if (outcome !== "no-match" || canonicalRule(rule).action !== "allow" || failed.length === 0) return [];
  const edits = failed.map((criterion) => tagEdit(judgement, rule, criterion));
  return edits.some((each) => each === undefined) ? [] : [edits.flatMap((each) => each ?? [])];
}

function tagEdit({ snapshot, from, to }: Judgement, rule: Rule, { field }: FailedCriterion): Edits | undefined {
  const { src, dst } = canonicalRule(rule);
  const [end, side] = field.includes("src") ? [from, src] : [to, dst];
  switch (field) {
    case "src_tag":
    case "dst_tag": {
      const profile = end.profileIds.find(
        (id) => snapshot.profiles.get(id)?.tags.kind !== "invalid" && snapshot.profiles.has(id),
      );
      return profile === undefined || side.tag === undefined
        ? undefined
        : [{ profile, edit: { kind: "add-tag", tag: side.tag } }];
    }
    case "!src_tag":
    case "!dst_tag":
      return side.notTag === undefined ? undefined : dropTag(snapshot, end, side.notTag);
    default:
      return undefined;
  }
}

function dropTag(snapshot: Snapshot, { profileIds }: EndPolicy, tag: Tag): Edits {
  const holders = [...new Set(profileIds)].filter((id) => heldTags(snapshot, id).includes(tag));
  return holders.map((profile) => ({ profile, edit: { kind: "remove-tag", tag } }));
}

/** A rule for just these packets where the decision fell, and the removal of the rule that denied. */
function ruleEdits(judgement: Judgement, { decidedBy, direction }: SideVerdict): readonly Edits[] {
  const own = direction === "inbound" ? judgement.to : judgement.from;
  switch (decidedBy.kind) {
    case "rule": {
      const { profile, position: at } = decidedBy;
      return [
        ...narrowRules(judgement, "allow", { profile, direction, at }),
        [{ profile, edit: { kind: "remove-rule", direction, at } }],
      ];
    }
    case "profile-missing":
      return decidedBy.profile === undefined
        ? []
        : narrowRules(judgement, "allow", { profile: decidedBy.profile, direction });
    case "no-rule-matched":
      return own.profileIds.slice(0, 1).flatMap((profile) => narrowRules(judgement, "allow", { profile, direction }));
    default:
      return [];
  }
}

function closeSide(judgement: Judgement, { decidedBy, direction }: SideVerdict): readonly Edits[] {
  if (decidedBy.kind !== "rule") return [];
  const { profile, position: at, rule } = decidedBy;
  const { src, dst } = canonicalRule(rule);
  const drops = [
    ...(src.tag === undefined ? [] : [dropTag(judgement.snapshot, judgement.from, src.tag)]),
    ...(dst.tag === undefined ? [] : [dropTag(judgement.snapshot, judgement.to, dst.tag)]),
  ].filter((edits) => edits.length > 0);
  const remove: Edits = [{ profile, edit: { kind: "remove-rule", direction, at } }];
  return [...drops, remove, ...narrowRules(judgement, "deny", { profile, direction, at })];
}

type NewRulePlace = { readonly profile: ProfileId; readonly direction: Direction; readonly at?: Position };

/** The narrowest rules for the packet: by a tag of the other end, by its address, or for anyone. */
function narrowRules(judgement: Judgement, action: "allow" | "deny", place: NewRulePlace): readonly Edits[] {
  const { packet } = judgement;
  const { protocol, dstPort, icmpType, icmpCode } = packet;
  const { profile, direction, at } = place;
  const own = {
    protocol: formatProtocol(protocol),
    ...(dstPort === undefined ? {} : { dst_ports: [dstPort] }),
    ...(icmpType === undefined ? {} : { icmp_type: icmpType }),
    ...(icmpCode === undefined || icmpCode === 0 ? {} : { icmp_code: icmpCode }),
  };
  const base = { action, ...(judgement.traffic ?? own) };
  return peerCriteria(judgement, direction).flatMap((criteria): readonly Edits[] => {
    const rule = parseStrictRule({ ...base, ...criteria });
    if (!rule.ok) return [];
    return [
      [{ profile, edit: { kind: "insert-rule", direction, rule: rule.value, ...(at === undefined ? {} : { at }) } }],
    ];
  });
}

type Criteria = Readonly<Record<string, unknown>>;

function peerCriteria({ snapshot, from, to }: Judgement, direction: Direction): readonly Criteria[] {
  const [peer, end] = direction === "inbound" ? [from, "src"] : [to, "dst"];
  const tags = [...new Set(peer.profileIds.flatMap((id) => heldTags(snapshot, id)))];
  const byTag = rarestFirst(snapshot, tags)
    .slice(0, 2)
    .map((tag) => ({ [`${end}_tag`]: tag }));
  const byNet = peer.net === undefined ? [] : [{ [`${end}_net`]: peer.net }];
  const found = [...byTag, ...byNet];
  return found.length > 0 ? found : [{}];
}

function rarestFirst({ profiles }: Snapshot, tags: readonly Tag[]): readonly Tag[] {
  const count = (tag: Tag) =>
    [...profiles.values()].filter(({ tags: held }) => held.kind === "valid" && held.value.includes(tag)).length;
  const counted = tags.map((tag) => ({ tag, holders: count(tag) }));
  return counted.sort((a, b) => a.holders - b.holders || (a.tag < b.tag ? -1 : 1)).map(({ tag }) => tag);
}

function heldTags({ profiles }: Snapshot, id: ProfileId): readonly Tag[] {
  const tags = profiles.get(id)?.tags;
  return tags?.kind === "valid" ? tags.value : [];
}
