import type { Issue } from "#policy/issue.ts";
import { parseJsonText } from "#policy/json/parse-json-text.ts";
import { parseStoredRule } from "#policy/parse-stored-rule.ts";
import type { Leaf, ProfileRules } from "#policy/profile.ts";
import type { Rule } from "#policy/rule.ts";
import { isJsonObject, type JsonObject, kindOfValue } from "#policy/rule-fields/json-object.ts";
import { RULES_KEYS } from "#policy/rule-fields/rule-fields.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/** Reads the text of a `.../rules` key as the agent does; one bad rule voids both directions (policy-model 1.6). */
export function parseRulesValue(text: string): Leaf<ProfileRules> {
  const json = parseJsonText(text);
  const rules = json.ok ? parseStoredRules(json.value) : err([{ ...json.error, path: [] }]);
  return rules.ok ? { kind: "valid", value: rules.value } : { kind: "invalid", text, issues: rules.error };
}

/** Writes the text of a `.../rules` key: every rule and every unknown top-level key as it was written. */
export function formatRulesValue(rules: ProfileRules): string {
  const { inbound, outbound, extra } = rules;
  return JSON.stringify({ ...extra, [RULES_KEYS.inbound]: inbound, [RULES_KEYS.outbound]: outbound });
}

/** Accepts a rules object as the agent does: a missing list is empty, unknown top-level keys are kept. */
export function parseStoredRules(value: unknown): Result<ProfileRules, readonly Issue[]> {
  if (!isJsonObject(value)) {
    return err([{ kind: "wrong-type", found: kindOfValue(value), expected: "a rules object", path: [] }]);
  }
  const issues: Issue[] = [];
  const inbound = readDirection(value, RULES_KEYS.inbound, issues);
  const outbound = readDirection(value, RULES_KEYS.outbound, issues);
  if (issues.length > 0) return err(issues);
  const { [RULES_KEYS.inbound]: _inbound, [RULES_KEYS.outbound]: _outbound, ...extra } = value;
  return ok({ inbound, outbound, ...(Object.keys(extra).length > 0 && { extra }) });
}

function readDirection(value: JsonObject, key: string, issues: Issue[]): readonly Rule[] {
  if (!Object.hasOwn(value, key)) return [];
  const list = value[key];
  if (!Array.isArray(list)) {
    issues.push({ kind: "wrong-type", found: kindOfValue(list), expected: "a list of rules", path: [key] });
    return [];
  }
  const rules: Rule[] = [];
  for (const [index, entry] of (list as readonly unknown[]).entries()) {
    const rule = parseStoredRule(entry, [key, index]);
    if (rule.ok) rules.push(rule.value);
    else issues.push(...rule.error);
  }
  return rules;
}
