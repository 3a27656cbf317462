import type { Issue, IssuePath } from "#policy/issue.ts";
import { parseStrictRule } from "#policy/parse-strict-rule.ts";
import type { ProfileRules } from "#policy/profile.ts";
import { type ProfileId, parseProfileId } from "#policy/profile-id.ts";
import type { Rule } from "#policy/rule.ts";
import { isJsonObject, type JsonObject, kindOfValue } from "#policy/rule-fields/json-object.ts";
import { RULES_KEYS } from "#policy/rule-fields/rule-fields.ts";
import { suggestKey } from "#policy/rule-fields/suggest-key.ts";

/** A rules object as our doors read it; `rules` only when there is no issue. */
export type StrictRules = {
  readonly rules?: ProfileRules;
  readonly id?: ProfileId;
  readonly issues: readonly Issue[];
};

const LEGAL_KEYS: readonly string[] = ["id", RULES_KEYS.inbound, RULES_KEYS.outbound];
/** After so many a person mends the first ones and tries again. */
const MAX_ISSUES = 10_000;

/** Checks a decoded rules object; with `profile` its id, if it has one, must be that. */
export function parseStrictRules(value: unknown, profile?: ProfileId): StrictRules {
  if (!isJsonObject(value)) {
    const fact = { kind: "wrong-type", found: kindOfValue(value), expected: "a rules object" } as const;
    return { issues: [{ ...fact, path: [] }] };
  }
  const issues: Issue[] = [...unknownKeys(value)];
  const id = readId(value, { profile, issues });
  const inbound = readDirection(value, RULES_KEYS.inbound, issues);
  const outbound = readDirection(value, RULES_KEYS.outbound, issues);
  return {
    ...(issues.length === 0 && { rules: { inbound, outbound } }),
    ...(id !== undefined && { id }),
    issues,
  };
}

function unknownKeys(value: JsonObject): readonly Issue[] {
  return Object.keys(value)
    .filter((key) => !LEGAL_KEYS.includes(key))
    .map((key) => {
      const suggestion = suggestKey(key, LEGAL_KEYS);
      return { kind: "unknown-key", key, ...(suggestion !== undefined && { suggestion }), path: [key] };
    });
}

type IdCheck = { readonly profile: ProfileId | undefined; readonly issues: Issue[] };

function readId(value: JsonObject, { profile, issues }: IdCheck): ProfileId | undefined {
  if (!Object.hasOwn(value, "id")) return undefined;
  const id = parseProfileId(value.id);
  if (!id.ok) issues.push({ ...id.error, path: ["id"] });
  else if (profile !== undefined && id.value !== profile) {
    issues.push({ kind: "id-mismatch", found: id.value, expected: profile, path: ["id"] });
  }
  return id.ok ? id.value : undefined;
}

/** A missing direction is refused: a typing error in its name would otherwise wipe the rules. */
function readDirection(value: JsonObject, key: string, issues: Issue[]): readonly Rule[] {
  if (!Object.hasOwn(value, key)) {
    issues.push({ kind: "missing-key", key, path: [] });
    return [];
  }
  const list = value[key];
  if (!Array.isArray(list)) {
    issues.push({ kind: "wrong-type", found: kindOfValue(list), expected: "a list of rules", path: [key] });
    return [];
  }
  return readRules(list, [key], issues);
}

function readRules(list: readonly unknown[], path: IssuePath, issues: Issue[]): readonly Rule[] {
  const rules: Rule[] = [];
  for (const [index, entry] of list.entries()) {
    if (issues.length >= MAX_ISSUES) {
      issues.push({ kind: "too-many-issues", count: MAX_ISSUES, path: [...path, index] });
      return rules;
    }
    const rule = parseStrictRule(entry, [...path, index]);
    if (rule.ok) rules.push(rule.value);
    else for (const issue of rule.error) issues.push(issue);
  }
  return rules;
}
