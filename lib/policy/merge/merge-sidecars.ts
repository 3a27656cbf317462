import { canonicalKey, equalRules } from "#policy/canonical-rule.ts";
import { pairRules } from "#policy/edit/pair-rules.ts";
import { rulesOf } from "#policy/merge/rule-origins.ts";
import type { Profile } from "#policy/profile.ts";
import type { Direction, Rule } from "#policy/rule.ts";
import { followRules } from "#policy/sidecar/follow-rules.ts";
import { MAX_COMMENT_LENGTH } from "#policy/sidecar/parse-comment.ts";
import { EMPTY_SIDECAR, nameOf, type ParkedRule, type RuleComment, type SidecarList } from "#policy/sidecar/sidecar.ts";

/** The profiles of a merge, and the merged rules. */
export type MergedSides = Readonly<Record<"base" | "theirs" | "yours" | "merged", Profile>>;

/** What is beside the merged rules: what each side wrote there; two texts for one rule are both kept. */
export function mergeSidecars(sides: MergedSides): Profile["sidecar"] {
  const { base, theirs, yours } = sides;
  const isSame = (a: Profile, b: Profile) => JSON.stringify(a.sidecar) === JSON.stringify(b.sidecar);
  const isAsBegun = (side: Profile) => isSame(side, base) && JSON.stringify(side.rules) === JSON.stringify(base.rules);
  if (isSame(yours, theirs) || isAsBegun(yours)) return theirs.sidecar;
  if (theirs.sidecar?.kind === "invalid" || isAsBegun(theirs)) return yours.sidecar;
  if (yours.sidecar?.kind === "invalid") return theirs.sidecar;
  const stored = theirs.sidecar?.kind === "valid" ? theirs.sidecar.value : EMPTY_SIDECAR;
  const list = (direction: Direction) => mergeBeside(sides, direction);
  return {
    kind: "valid",
    value: { ...stored, inbound: list("inbound"), outbound: list("outbound") },
  };
}

/** What one side has beside a list: as it is, and with its comments at the rules of the merged list. */
type Beside = { readonly own: SidecarList; readonly carried: SidecarList };
type Besides = Readonly<Record<"base" | "theirs" | "yours", Beside>>;

function mergeBeside(sides: MergedSides, direction: Direction): SidecarList {
  const after = rulesOf(sides.merged, direction);
  // What each side says of its own rules is said of the merged ones: a rule that the other changed keeps its comment.
  const beside = (side: Profile): Beside => {
    const [own, before] = [besideOf(side, direction), rulesOf(side, direction)];
    const { sources } = pairRules(before, after);
    return { own, carried: followRules(own, { before, after, sources, forgets: true }) };
  };
  const besides = { base: beside(sides.base), theirs: beside(sides.theirs), yours: beside(sides.yours) };
  return { comments: mergeComments(besides), parked: mergeParked(besides, new Set(after.map(canonicalKey))) };
}

function besideOf({ sidecar }: Profile, direction: Direction): SidecarList {
  return (sidecar?.kind === "valid" ? sidecar.value : EMPTY_SIDECAR)[direction];
}

function mergeComments({ base, theirs, yours }: Besides): readonly RuleComment[] {
  const texts = ({ carried }: Beside) => new Map(carried.comments.map((one) => [nameOf(one), one.text]));
  const [was, other, mine] = [texts(base), texts(theirs), texts(yours)];
  const isNew = (one: RuleComment) => !other.has(nameOf(one));
  return [...theirs.carried.comments, ...yours.carried.comments.filter(isNew)].flatMap((one) => {
    const name = nameOf(one);
    const text = mergeTexts(was.get(name), other.get(name), mine.get(name));
    return text === undefined ? [] : [{ ...one, text }];
  });
}

/** What both leave of a text: a change wins over none and over a removal; two changes are both kept, theirs first. */
function mergeTexts(base: string | undefined, theirs: string | undefined, yours: string | undefined) {
  if (theirs === yours || yours === base) return theirs;
  if (theirs === base || theirs === undefined) return yours;
  if (yours === undefined) return theirs;
  const both = `${theirs}\n${yours}`;
  return both.length > MAX_COMMENT_LENGTH ? yours : both;
}

function mergeParked(besides: Besides, listed: ReadonlySet<string>): readonly ParkedRule[] {
  const { base, theirs, yours } = besides;
  const keys = ({ own }: Beside) => new Set(own.parked.map(({ rule }) => canonicalKey(rule)));
  const [before, other, mine] = [keys(base), keys(theirs), keys(yours)];
  const kept = theirs.carried.parked.filter(({ rule }) => isIn(mine, rule) || !isIn(before, rule));
  const added = yours.carried.parked.filter(({ rule }) => !isIn(other, rule) && !isIn(before, rule));
  return (
    [...kept, ...added]
      // Parked by one and kept in the list by a decision about it: it does not stand twice.
      .filter(({ rule }) => isIn(before, rule) || !isIn(listed, rule))
      .map((parked) => withMergedComment(parked, besides))
      .sort((a, b) => a.behind - b.behind)
  );
}

function isIn(keys: ReadonlySet<string>, rule: Rule): boolean {
  return keys.has(canonicalKey(rule));
}

/** What one said of a rule while the other parked it goes with it. */
function withMergedComment({ comment: _comment, ...parked }: ParkedRule, { base, theirs, yours }: Besides): ParkedRule {
  const textIn = ({ own }: Beside) => commentOf(own, parked.rule);
  const comment = mergeTexts(textIn(base), textIn(theirs), textIn(yours));
  return comment === undefined ? parked : { ...parked, comment };
}

function commentOf({ comments, parked }: SidecarList, rule: Rule): string | undefined {
  const there = parked.find((one) => equalRules(one.rule, rule));
  return there === undefined ? comments.find((one) => nameOf(one) === nameOf({ rule }))?.text : there.comment;
}
