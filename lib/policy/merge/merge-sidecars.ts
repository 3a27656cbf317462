import { canonicalKey } from "#policy/canonical-rule.ts";
import { pairRules } from "#policy/edit/pair-rules.ts";
import { rulesOf } from "#policy/merge/rule-origins.ts";
import type { Profile } from "#policy/profile.ts";
import type { Direction } from "#policy/rule.ts";
import { followRules } from "#policy/sidecar/follow-rules.ts";
import { MAX_COMMENT_LENGTH } from "#policy/sidecar/parse-comment.ts";
import { EMPTY_SIDECAR, nameOf, type ParkedRule, type RuleComment, type SidecarList } from "#policy/sidecar/sidecar.ts";

/** The profiles of a merge, and the merged rules. */
export type MergedSides = Readonly<Record<"base" | "theirs" | "yours" | "merged", Profile>>;

/** What is beside the merged rules: what each side wrote there; two texts for one rule are both kept. */
export function mergeSidecars(sides: MergedSides): Profile["sidecar"] {
  const { base, theirs, yours } = sides;
  const isSame = (a: Profile, b: Profile) => JSON.stringify(a.sidecar) === JSON.stringify(b.sidecar);
  if (yours.sidecar === undefined || isSame(yours, theirs)) return theirs.sidecar;
  const isOnlyYours = isSame(theirs, base) && JSON.stringify(theirs.rules) === JSON.stringify(base.rules);
  if (theirs.sidecar?.kind !== "valid" || isOnlyYours) return yours.sidecar;
  if (yours.sidecar.kind !== "valid") return theirs.sidecar;
  const list = (direction: Direction) => mergeBeside(sides, direction);
  return {
    kind: "valid",
    value: { ...theirs.sidecar.value, inbound: list("inbound"), outbound: list("outbound") },
  };
}

function mergeBeside(sides: MergedSides, direction: Direction): SidecarList {
  const [base, theirs, yours] = [sides.base, sides.theirs, sides.yours].map((side) => besideOf(side, direction));
  const [before, after] = [rulesOf(sides.theirs, direction), rulesOf(sides.merged, direction)];
  const { sources } = pairRules(before, after);
  const carried = followRules(theirs ?? EMPTY, { before, after, sources, forgets: true });
  return {
    comments: mergeComments(base ?? EMPTY, carried, yours ?? EMPTY),
    parked: mergeParked(base ?? EMPTY, carried, yours ?? EMPTY),
  };
}

const EMPTY: SidecarList = { comments: [], parked: [] };

function besideOf({ sidecar }: Profile, direction: Direction): SidecarList {
  return (sidecar?.kind === "valid" ? sidecar.value : EMPTY_SIDECAR)[direction];
}

function mergeComments(base: SidecarList, theirs: SidecarList, yours: SidecarList): readonly RuleComment[] {
  const texts = (list: SidecarList) => new Map(list.comments.map((one) => [nameOf(one), one.text]));
  const [before, other, mine] = [texts(base), texts(theirs), texts(yours)];
  const kept = theirs.comments.flatMap((one): readonly RuleComment[] => {
    const [was, text] = [before.get(nameOf(one)), mine.get(nameOf(one))];
    if (text === was || text === one.text) return [one];
    if (text === undefined) return one.text === was ? [] : [one];
    return [{ ...one, text: one.text === was ? text : bothTexts(one.text, text) }];
  });
  const added = yours.comments.filter((one) => !other.has(nameOf(one)) && one.text !== before.get(nameOf(one)));
  return [...kept, ...added];
}

/** Both texts, theirs first; only yours where there is no room for both. */
function bothTexts(theirs: string, yours: string): string {
  const both = `${theirs}\n${yours}`;
  return both.length > MAX_COMMENT_LENGTH ? yours : both;
}

function mergeParked(base: SidecarList, theirs: SidecarList, yours: SidecarList): readonly ParkedRule[] {
  const keys = (list: SidecarList) => new Set(list.parked.map(({ rule }) => canonicalKey(rule)));
  const [before, other, mine] = [keys(base), keys(theirs), keys(yours)];
  const kept = theirs.parked.filter(({ rule }) => mine.has(canonicalKey(rule)) || !before.has(canonicalKey(rule)));
  const added = yours.parked.filter(({ rule }) => !other.has(canonicalKey(rule)) && !before.has(canonicalKey(rule)));
  return [...kept, ...added].sort((a, b) => a.behind - b.behind);
}
