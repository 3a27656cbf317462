import type { Direction, Position } from "#policy/rule.ts";
import { profileHref } from "./profile-href.ts";

/** A rule of a profile by where it stands in the stored list. */
export type RulePlace = { readonly direction: Direction; readonly position: Position };

/** The parameter of a profile's page that names one of its rules. */
export const RULE_PARAM = "rule";

/** The page of a profile with one of its rules chosen. */
export function ruleHref(id: string, direction: Direction, position: Position): string {
  return `${profileHref(id)}?${RULE_PARAM}=${formatRulePlace({ direction, position })}`;
}

/** `inbound-3`, as it stands in an address. */
export function formatRulePlace({ direction, position }: RulePlace): string {
  return `${direction}-${position}`;
}

/** Reads the parameter; `undefined` for what names no rule. */
export function parseRulePlace(text: string | null): RulePlace | undefined {
  const [, direction, position] = /^(inbound|outbound)-([1-9]\d{0,5})$/.exec(text ?? "") ?? [];
  if (direction === undefined) return undefined;
  return { direction: direction === "inbound" ? "inbound" : "outbound", position: Number(position) };
}
