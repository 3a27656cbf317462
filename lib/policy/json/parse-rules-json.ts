import type { Issue } from "#policy/issue.ts";
import { locateIssues, type PlacedIssue, syntaxIssues } from "#policy/json/locate-issues.ts";
import { MAX_JSON_DEPTH, parseJsonText } from "#policy/json/parse-json-text.ts";
import { parseStrictRules } from "#policy/json/parse-strict-rules.ts";
import { countKeys } from "#policy/json/repeated-keys.ts";
import { textPlaces } from "#policy/json/text-places.ts";
import { walkJsonText } from "#policy/json/walk-json-text.ts";
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

const DEFAULT_MAX_BYTES = 5 * 1024 * 1024;

/**
 * Reads a JSON file of rules as strictly as our doors are: no unknown or repeated key at any level, both directions
 * present, an id that fits. Takes any text, never throws, and reports every problem where it stands.
 */
export function parseRulesJson(text: string, options: RulesJsonOptions = {}): RulesJson {
  const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
  const foundBytes = byteLength(text);
  if (foundBytes > maxBytes) return refuse(text, [{ kind: "too-large", foundBytes, maxBytes, ...placeAt(0) }]);
  // Some editors begin a file with an invisible mark; a blank in its place keeps every offset.
  const readable = text.startsWith("\uFEFF") ? ` ${text.slice(1)}` : text;
  const shape = walkJsonText(readable, MAX_JSON_DEPTH);
  if (shape.tooDeepAt !== undefined) {
    return refuse(readable, [{ kind: "too-deep", maxDepth: MAX_JSON_DEPTH, ...placeAt(shape.tooDeepAt) }]);
  }
  const json = parseJsonText(readable);
  if (!json.ok) return refuse(readable, syntaxIssues(readable, json.error));
  const { rules, id, issues } = parseStrictRules(json.value, options.profile);
  // The places cost ten times the rest, so they are looked for only when one is needed.
  const hasProblems = issues.length > 0 || shape.keyCount !== countKeys(json.value);
  const found = hasProblems ? refuse(readable, locateIssues(readable, issues)) : { issues: [] };
  return { ...found, ...(rules !== undefined && !hasProblems && { rules }), ...(id !== undefined && { id }) };
}

function placeAt(offset: number) {
  return { path: [], offset, length: 0 } as const;
}

function refuse(text: string, placed: readonly PlacedIssue[]): RulesJson {
  const rangeAt = textPlaces(text);
  const sorted = [...placed].sort((a, b) => a.offset - b.offset);
  return { issues: sorted.map(({ offset, length, ...issue }) => ({ ...issue, at: rangeAt(offset, length) })) };
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
