import { type ConnectionSet, intersect, isEmpty, subtract, union } from "#analysis/connections/connection-set.ts";

import { familyRegion, ruleRegion } from "#analysis/connections/rule-region.ts";
import { type Judged, whatIf } from "#analysis/impact/impact.ts";
import type { ScopedEdit } from "#analysis/impact/scoped-edit.ts";
import type { Suggestion } from "#analysis/question/suggest-edits.ts";
import type { ReachNode } from "#analysis/reach/reach-node.ts";
import { nodeName } from "#analysis/reach/reachability.ts";
import { canonicalRule } from "#policy/canonical-rule.ts";
import { describeEdit } from "#policy/edit/describe-edit.ts";
import { parseStrictRule } from "#policy/parse-strict-rule.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Direction, Rule } from "#policy/rule.ts";
import { parseTag, type Tag } from "#policy/tag.ts";

/** Access somebody wants: everything the rule matches, from one place of the graph to another. */
export type WantedAccess = { readonly from: ReachNode; readonly to: ReachNode; readonly rule: Rule };

type Edits = readonly ScopedEdit[];

const MAX_EACH = 6;
const MAX_SUGGESTIONS = 6;

/**
 * The smallest edits that open exactly what is wanted: hold a tag that a rule asks for already, a rule by a tag that is
 * held already, or a new tag with a rule for it. Each has been applied and asked again, and carries all it opens and
 * closes. Fewest edits first, then fewest other pairs.
 */
export function suggestAccess(before: Judged, wanted: WantedAccess): readonly Suggestion[] | "open-already" {
  const missing = missingIn(before, wanted);
  if (missing === undefined) return "open-already";
  const out = missing.isOutMissing ? candidates(before, wanted, "outbound") : [[]];
  const into = missing.isInMissing ? candidates(before, wanted, "inbound") : [[]];
  const found = new Map<string, Suggestion>();
  for (const first of out.slice(0, MAX_EACH)) {
    for (const second of into.slice(0, MAX_EACH)) {
      const edits = [...first, ...second];
      const summary = edits.map(({ profile, edit }) => `${describeEdit(edit)} (${profile})`).join("; ");
      const tried = whatIf(before, edits);
      if (!tried.ok || missingIn(tried.value.after, wanted) !== undefined) continue;
      found.set(summary, { edits, summary, ...tried.value.impact });
    }
  }
  return [...found.values()].sort(compare).slice(0, MAX_SUGGESTIONS);
}

function compare(a: Suggestion, b: Suggestion): number {
  const size = ({ opened, closed }: Suggestion) => opened.length + closed.length;
  // A tag is plainer than a rule.
  const rules = ({ edits }: Suggestion) => edits.filter(({ edit }) => edit.kind === "insert-rule").length;
  const byCost = a.edits.length - b.edits.length || size(a) - size(b) || rules(a) - rules(b);
  return byCost || (a.summary < b.summary ? -1 : 1);
}

/** Which side does not allow all that is wanted; `undefined` when both do. */
function missingIn({ reach }: Judged, { from, to, rule }: WantedAccess) {
  const index = (node: ReachNode) => reach.nodes.findIndex((each) => nodeName(each) === nodeName(node));
  const relation = reach.relation(index(from), index(to));
  if (relation === undefined) return undefined;
  const set = regionBetween(from, to, rule);
  const lacks = (allowed: ConnectionSet) => !isEmpty(subtract(set, allowed));
  if (!lacks(relation.allowed)) return undefined;
  const isTwoSided = from.kind === "profile" && to.kind === "profile";
  return {
    isOutMissing: isTwoSided ? lacks(union(relation.allowed, relation.senderOnly)) : from.kind === "profile",
    isInMissing: isTwoSided ? lacks(union(relation.allowed, relation.receiverOnly)) : to.kind === "profile",
  };
}

function regionBetween(from: ReachNode, to: ReachNode, rule: Rule): ConnectionSet {
  const families = [from, to].flatMap((node) => (node.kind === "cidr" ? [node.family] : []));
  const region = ruleRegion(rule);
  return families.length === 0 ? region : intersect(region, familyRegion(families));
}

function candidates(before: Judged, { from, to, rule }: WantedAccess, direction: Direction): readonly Edits[] {
  const [own, peer, end] = direction === "inbound" ? ([to, from, "src"] as const) : ([from, to, "dst"] as const);
  if (own.kind !== "profile") return [];
  const { profiles } = before.snapshot;
  const profile = profiles.get(own.id);
  if (peer.kind === "profile") {
    const other = profiles.get(peer.id);
    const held = other === undefined ? [] : rarestFirst(before, tagsOf(other)).slice(0, 2);
    return [
      ...askedTags(profile, direction, tagsOf(other)).map(
        (tag): Edits => [{ profile: peer.id, edit: { kind: "add-tag", tag } }],
      ),
      ...held.flatMap((tag) => inserts({ id: own.id, profile, direction }, rule, { [`${end}_tag`]: tag })),
      ...newTag(before, own.id, rule).flatMap((tag) =>
        inserts({ id: own.id, profile, direction }, rule, { [`${end}_tag`]: tag }).map(
          (edits): Edits => [{ profile: peer.id, edit: { kind: "add-tag", tag } }, ...edits],
        ),
      ),
    ];
  }
  return inserts({ id: own.id, profile, direction }, rule, peer.kind === "cidr" ? { [`${end}_net`]: peer.cidr } : {});
}

/** Tags that allow rules of this direction ask for and the other end does not hold. */
function askedTags(profile: Profile | undefined, direction: Direction, held: readonly Tag[]): readonly Tag[] {
  if (profile?.rules.kind !== "valid") return [];
  const asked = profile.rules.value[direction].flatMap((stored) => {
    const { action, src, dst } = canonicalRule(stored);
    const tag = direction === "inbound" ? src.tag : dst.tag;
    return action === "allow" && tag !== undefined && !held.includes(tag) ? [tag] : [];
  });
  return [...new Set(asked)];
}

type RulePlace = { readonly id: ProfileId; readonly profile: Profile | undefined; readonly direction: Direction };

/** The rule at the end, and in front, where a deny may stand before it. */
function inserts(
  { id, profile, direction }: RulePlace,
  rule: Rule,
  criteria: Readonly<Record<string, unknown>>,
): readonly Edits[] {
  const parsed = parseStrictRule({ ...rule, ...criteria });
  if (!parsed.ok) return [];
  const rules = profile?.rules.kind === "valid" ? profile.rules.value[direction] : [];
  const isDenied = rules.some((stored) => canonicalRule(stored).action === "deny");
  const edit = { kind: "insert-rule", direction, rule: parsed.value } as const;
  return [[{ profile: id, edit }], ...(isDenied ? [[{ profile: id, edit: { ...edit, at: 1 } }]] : [])];
}

/** A tag nobody holds and nobody asks for, named as people name them: the receiver and the first port. */
function newTag({ snapshot }: Judged, owner: ProfileId, rule: Rule): readonly Tag[] {
  const { dst, protocol } = canonicalRule(rule);
  const port = dst.ports?.[0]?.[0];
  const known = new Set(
    [...snapshot.profiles.values()].flatMap((profile) => [...tagsOf(profile), ...namedTags(profile)]),
  );
  for (let attempt = 1; attempt <= 20; attempt += 1) {
    const name = `${owner}_${port ?? (protocol === undefined ? "ALL" : protocol)}${attempt === 1 ? "" : `_${attempt}`}`;
    const tag = parseTag(name);
    if (tag.ok && !known.has(tag.value)) return [tag.value];
  }
  return [];
}

function namedTags({ rules }: Profile): readonly Tag[] {
  if (rules.kind !== "valid") return [];
  return [...rules.value.inbound, ...rules.value.outbound].flatMap((stored) => {
    const { src, dst } = canonicalRule(stored);
    return [src.tag, src.notTag, dst.tag, dst.notTag].filter((tag) => tag !== undefined);
  });
}

function rarestFirst({ snapshot }: Judged, tags: readonly Tag[]): readonly Tag[] {
  const holders = new Map(tags.map((tag) => [tag, 0]));
  for (const profile of snapshot.profiles.values()) {
    for (const tag of new Set(tagsOf(profile))) if (holders.has(tag)) holders.set(tag, (holders.get(tag) ?? 0) + 1);
  }
  return [...new Set(tags)].sort((a, b) => (holders.get(a) ?? 0) - (holders.get(b) ?? 0) || (a < b ? -1 : 1));
}

function tagsOf(profile: Profile | undefined): readonly Tag[] {
  return profile?.tags.kind === "valid" ? profile.tags.value : [];
}
