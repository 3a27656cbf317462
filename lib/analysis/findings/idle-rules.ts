import { type ConnectionSet, EVERYTHING, isEmpty, NOTHING } from "#analysis/connections/connection-set.ts";
import type { NeverReason } from "#analysis/findings/finding.ts";
import type { RuleAlgebra } from "#analysis/findings/rule-algebra.ts";
import { prepareRule } from "#policy/evaluation/match-rule.ts";
import type { Position, Rule } from "#policy/rule.ts";

/** A rule of a list that does nothing, and why. */
export type IdleRule =
  | {
      readonly kind: "never";
      readonly position: Position;
      readonly reason: NeverReason;
      readonly blockedBy: readonly Position[];
    }
  | { readonly kind: "redundant"; readonly position: Position; readonly coveredBy: readonly Position[] };

/**
 * The rules of one list that no packet reaches, and those without which every packet is decided the same (allowed,
 * denied, or left to the next profile). Each claim holds by itself, and all of them together: where two rules stand in
 * for each other only one is named.
 */
export function idleRules(rules: readonly Rule[], algebra: RuleAlgebra): readonly IdleRule[] {
  const alone = idleAlone(rules, algebra);
  const never = alone.filter(({ kind }) => kind === "never");
  const claimed = new Set(never.map(({ position }) => position));
  const redundant = alone.filter((idle) => {
    if (idle.kind === "never" || !isStillIdle(rules, { position: idle.position, claimed, algebra })) return false;
    claimed.add(idle.position);
    return true;
  });
  return [...never, ...redundant].sort((a, b) => a.position - b.position);
}

type Claim = { readonly position: Position; readonly claimed: ReadonlySet<Position>; readonly algebra: RuleAlgebra };

/** Whether it does nothing in the list without those named before it, either. */
function isStillIdle(rules: readonly Rule[], { position, claimed, algebra }: Claim): boolean {
  if (claimed.size === 0) return true;
  const left = rules
    .map((rule, index) => ({ rule, position: index + 1 }))
    .filter((each) => !claimed.has(each.position));
  const place = left.findIndex((each) => each.position === position) + 1;
  return idleAlone(
    left.map(({ rule }) => rule),
    algebra,
  ).some((idle) => idle.position === place);
}

/** One walk forward knows what reaches a rule, one walk backward what happens to a packet from there on. */
function idleAlone(rules: readonly Rule[], algebra: RuleAlgebra): readonly IdleRule[] {
  const after = fatesAfter(rules, algebra);
  const idle: IdleRule[] = [];
  let reaching: ConnectionSet = EVERYTHING;
  rules.forEach((rule, index) => {
    const region = algebra.region(rule);
    const own = algebra.intersect(region, reaching);
    const position = index + 1;
    if (isEmpty(own)) {
      idle.push({
        kind: "never",
        position,
        reason: reasonOf(rule, region),
        blockedBy: blockers(rules, index, algebra),
      });
    } else if (isDecidedAlike(rule, own, { fate: after[index] ?? OPEN, algebra })) {
      idle.push({ kind: "redundant", position, coveredBy: successors(rules, { index, own, algebra }) });
    }
    if (actionOf(rule) !== "log") reaching = algebra.subtract(reaching, region);
  });
  return idle;
}

/** What becomes of packets: some are allowed, some denied, the others leave the profile undecided. */
type Fate = { readonly allowed: ConnectionSet; readonly denied: ConnectionSet };

const OPEN: Fate = { allowed: NOTHING, denied: NOTHING };

/** For each rule what the rules after it make of packets. */
function fatesAfter(rules: readonly Rule[], { region, union, subtract }: RuleAlgebra): readonly Fate[] {
  const fates: Fate[] = [];
  let fate = OPEN;
  for (let index = rules.length - 1; index >= 0; index -= 1) {
    fates[index] = fate;
    const rule = rules[index];
    if (rule === undefined || actionOf(rule) === "log") continue;
    const set = region(rule);
    const rest = { allowed: subtract(fate.allowed, set), denied: subtract(fate.denied, set) };
    switch (actionOf(rule)) {
      case "allow":
        fate = { ...rest, allowed: union(rest.allowed, set) };
        break;
      case "deny":
        fate = { ...rest, denied: union(rest.denied, set) };
        break;
      default:
        fate = rest;
    }
  }
  return fates;
}

/** A log line is an effect of its own, so a rule that logs is never redundant. */
function isDecidedAlike(rule: Rule, own: ConnectionSet, { fate, algebra }: FateAfter): boolean {
  switch (actionOf(rule)) {
    case "allow":
      return isEmpty(algebra.subtract(own, fate.allowed));
    case "deny":
      return isEmpty(algebra.subtract(own, fate.denied));
    case "next-tier":
      return isEmpty(algebra.intersect(own, algebra.union(fate.allowed, fate.denied)));
    case "log":
      return false;
  }
}

type FateAfter = { readonly fate: Fate; readonly algebra: RuleAlgebra };

function reasonOf(rule: Rule, region: ConnectionSet): NeverReason {
  if (!isEmpty(region)) return "shadowed";
  return prepareRule(rule).canonical.icmp?.type === 255 ? "icmp-type-255" : "contradiction";
}

/** The earlier rules that take its packets, in the order in which they do. */
function blockers(rules: readonly Rule[], index: number, algebra: RuleAlgebra): readonly Position[] {
  const rule = rules[index];
  if (rule === undefined) return [];
  let left = algebra.region(rule);
  const found: Position[] = [];
  for (let earlier = 0; earlier < index && !isEmpty(left); earlier += 1) {
    const blocker = rules[earlier];
    if (blocker === undefined || actionOf(blocker) === "log") continue;
    const rest = algebra.subtract(left, algebra.region(blocker));
    if (rest !== left && !isEmpty(algebra.intersect(left, algebra.region(blocker)))) found.push(earlier + 1);
    left = rest;
  }
  return found;
}

/** The later rules that its packets would meet instead. */
function successors(rules: readonly Rule[], { index, own, algebra }: Successors): readonly Position[] {
  let left = own;
  const found: Position[] = [];
  for (let later = index + 1; later < rules.length && !isEmpty(left); later += 1) {
    const rule = rules[later];
    if (rule === undefined || actionOf(rule) === "log") continue;
    const region = algebra.region(rule);
    if (!isEmpty(algebra.intersect(left, region))) found.push(later + 1);
    left = algebra.subtract(left, region);
  }
  return found;
}

type Successors = { readonly index: number; readonly own: ConnectionSet; readonly algebra: RuleAlgebra };

function actionOf(rule: Rule) {
  return prepareRule(rule).canonical.action;
}
