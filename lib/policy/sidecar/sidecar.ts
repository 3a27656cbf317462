import { canonicalKey } from "#policy/canonical-rule.ts";
import type { Rule } from "#policy/rule.ts";

/** What a person wrote beside a rule. The rule is named by what it says; `nth` tells equal ones apart, from 1. */
export type RuleComment = { readonly rule: Rule; readonly nth?: number; readonly text: string };

/** A rule taken out of its list and kept with its place: how many rules stand before it, and the last of them. */
export type ParkedRule = {
  readonly rule: Rule;
  readonly behind: number;
  readonly after?: Rule;
  readonly comment?: string;
};

/** What is kept beside one list. Parked rules are in the order of their places. */
export type SidecarList = { readonly comments: readonly RuleComment[]; readonly parked: readonly ParkedRule[] };

/**
 * Comments and parked rules of one profile: a stored value of its own, never part of the rules value and never sent to
 * nodes. `extra` holds keys of newer writers, re-written untouched. Plain JSON.
 */
export type Sidecar = {
  readonly inbound: SidecarList;
  readonly outbound: SidecarList;
  readonly extra?: Readonly<Record<string, unknown>>;
};

const EMPTY_LIST: SidecarList = { comments: [], parked: [] };

/** Beside nothing. */
export const EMPTY_SIDECAR: Sidecar = { inbound: EMPTY_LIST, outbound: EMPTY_LIST };

/** True when there is nothing worth storing. */
export function isEmptySidecar({ inbound, outbound, extra }: Sidecar): boolean {
  const isEmpty = ({ comments, parked }: SidecarList) => comments.length === 0 && parked.length === 0;
  return isEmpty(inbound) && isEmpty(outbound) && extra === undefined;
}

/** The comment of each rule of a list, in the order of the rules. */
export function commentsOf(rules: readonly Rule[], { comments }: SidecarList): readonly (string | undefined)[] {
  if (comments.length === 0) return [];
  const textByName = new Map(comments.map((comment) => [nameOf(comment), comment.text]));
  return ruleNames(rules).map((name) => textByName.get(name));
}

/** Where each parked rule stands now: how many rules are before it. Others may have changed the list meanwhile. */
export function parkedPlaces(rules: readonly Rule[], { parked }: SidecarList): readonly number[] {
  return parked.map((one) => placeOf(rules, one));
}

/** A text per rule that says what the rule is and which of equal ones. */
export function ruleNames(rules: readonly Rule[]): readonly string[] {
  const seen = new Map<string, number>();
  return rules.map((rule) => {
    const key = canonicalKey(rule);
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    return `${nth} ${key}`;
  });
}

/** The name of the rule that a comment is about. */
export function nameOf({ rule, nth = 1 }: Pick<RuleComment, "rule" | "nth">): string {
  return `${nth} ${canonicalKey(rule)}`;
}

function placeOf(rules: readonly Rule[], { behind, after }: ParkedRule): number {
  if (after === undefined) return Math.min(behind, rules.length);
  const wanted = canonicalKey(after);
  const isThere = (index: number) => {
    const rule = rules[index];
    return rule !== undefined && canonicalKey(rule) === wanted;
  };
  if (isThere(behind - 1)) return behind;
  const found = rules.findIndex((_, index) => isThere(index));
  return found < 0 ? Math.min(behind, rules.length) : found + 1;
}
