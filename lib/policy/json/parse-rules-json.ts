import type { Issue } from "#policy/issue.ts";
import { locateIssues } from "#policy/json/locate-issues.ts";
import { parseStrictRules } from "#policy/json/parse-strict-rules.ts";
import { placedInOrder, readJsonText } from "#policy/json/read-json-text.ts";
import { countKeys } from "#policy/json/repeated-keys.ts";
import type { ProfileRules } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";

/** What a file of rules says. `rules` is there only when nothing is wrong with it. */
export type RulesJson = {
  readonly rules?: ProfileRules;
  /** The file's own `id`, when it is a legal profile id. */
  readonly id?: ProfileId;
  /** In the order of the text, each with its line and column. */
  readonly issues: readonly Issue[];
};

export type RulesJsonOptions = {
  /** The profile the rules are for: a file that names another one is refused. */
  readonly profile?: ProfileId;
  /** Absent: 5 MiB. */
  readonly maxBytes?: number;
};

/**
 * Reads a JSON file of rules as strictly as our doors are: no unknown or repeated key at any level, both directions
 * present, an id that fits. Takes any text, never throws, and reports every problem where it stands.
 */
export function parseRulesJson(text: string, options: RulesJsonOptions = {}): RulesJson {
  const json = readJsonText(text, options.maxBytes);
  if (!json.ok) return { issues: json.error };
  const { value, readable, keyCount } = json.value;
  const { rules, id, issues } = parseStrictRules(value, options.profile);
  // The places cost ten times the rest, so they are looked for only when one is needed.
  const hasProblems = issues.length > 0 || keyCount !== countKeys(value);
  const found = hasProblems ? placedInOrder(readable, locateIssues(readable, issues)) : [];
  return { issues: found, ...(rules !== undefined && !hasProblems && { rules }), ...(id !== undefined && { id }) };
}
