import type { ProfileRules } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Rule } from "#policy/rule.ts";
import { fieldOf } from "#policy/rule-fields/json-object.ts";
import { RULE_FIELDS, RULES_KEYS } from "#policy/rule-fields/rule-fields.ts";

/**
 * Writes rules as a file people keep: two blanks of indent, keys always in the same order, values as stored, nulls
 * left out. parseRulesJson and the classic tool read it; no line break at the end.
 */
export function formatRulesJson(id: ProfileId, rules: ProfileRules): string {
  const document = {
    id,
    [RULES_KEYS.inbound]: rules.inbound.map(inCanonicalOrder),
    [RULES_KEYS.outbound]: rules.outbound.map(inCanonicalOrder),
  };
  return JSON.stringify(document, undefined, 2);
}

function inCanonicalOrder(rule: Rule): Readonly<Record<string, unknown>> {
  const present = RULE_FIELDS.filter((field) => fieldOf(rule, field) !== undefined);
  return Object.fromEntries(present.map((field) => [field, fieldOf(rule, field)]));
}
