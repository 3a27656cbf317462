import { canonicalRule } from "#policy/canonical-rule.ts";
import type { RuleChange } from "#policy/import/rule-change.ts";
import type { Rule } from "#policy/rule.ts";

/** Rules that share at least this part of what they say are one rule that was edited. */
const LEAST_LIKENESS = 0.6;

/** Beyond this many pairs to compare nobody reads the list rule by rule. */
const MAX_COMPARED = 250_000;

/**
 * Joins a removed and an added rule that say nearly the same into one edited rule: someone who opened a second port
 * did not remove a rule and write another. The likest go together first, then the nearest.
 */
export function pairEdits(changes: readonly RuleChange[]): readonly RuleChange[] {
  const removed = changes.filter((change) => change.kind === "removed");
  const added = changes.filter((change) => change.kind === "added");
  if (removed.length * added.length > MAX_COMPARED) return changes;
  const candidates = removed
    .flatMap((old) => added.map((next) => ({ old, next, likeness: likeness(old.rule, next.rule) })))
    .filter((candidate) => candidate.likeness >= LEAST_LIKENESS)
    .sort((a, b) => b.likeness - a.likeness || distance(a) - distance(b) || a.old.from - b.old.from);
  const pairs = new Map<RuleChange, Extract<RuleChange, { kind: "removed" }>>();
  const taken = new Set<RuleChange>();
  for (const { old, next } of candidates) {
    if (taken.has(old) || pairs.has(next)) continue;
    pairs.set(next, old);
    taken.add(old);
  }
  return changes.flatMap((change): readonly RuleChange[] => {
    if (taken.has(change)) return [];
    const old = pairs.get(change);
    if (old === undefined || change.kind !== "added") return [change];
    const { rule, to } = change;
    return [{ kind: "edited", rule, before: old.rule, from: old.from, to, isMoved: hasPassed(old.from, to, changes) }];
  });
}

/** True when one rule may have become the other by an edit. */
export function isAlike(a: Rule, b: Rule): boolean {
  return likeness(a, b) >= LEAST_LIKENESS;
}

/** Shared facts over all facts, 0 to 1. */
function likeness(a: Rule, b: Rule): number {
  const [old, next] = [factsOf(a), factsOf(b)];
  const shared = [...old].filter((fact) => next.has(fact)).length;
  return shared / Math.max(old.size, next.size);
}

function factsOf(rule: Rule): ReadonlySet<string> {
  const { src, dst, ...own } = canonicalRule(rule);
  const sides = Object.entries({ src, dst }).flatMap(([side, match]) =>
    Object.entries(match).map(([field, value]) => [`${side} ${field}`, value] as const),
  );
  return new Set([...Object.entries(own), ...sides].map(([field, value]) => `${field} ${textOf(value)}`));
}

function textOf(value: unknown): string {
  if (typeof value === "object" && value !== null && "text" in value) return String(value.text);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function distance({
  old,
  next,
}: {
  readonly old: { readonly from: number };
  readonly next: { readonly to: number };
}): number {
  return Math.abs(old.from - next.to);
}

/** True when the rule stands on the other side of one that was left alone. */
function hasPassed(from: number, to: number, changes: readonly RuleChange[]): boolean {
  return changes.some((change) => change.kind === "kept" && change.from < from !== change.to < to);
}
