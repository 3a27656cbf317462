import type { Issue } from "#policy/issue.ts";
import { locateIssues } from "#policy/json/locate-issues.ts";
import { MAX_JSON_DEPTH, parseJsonText } from "#policy/json/parse-json-text.ts";
import { textPlaces } from "#policy/json/text-places.ts";
import { walkJsonText } from "#policy/json/walk-json-text.ts";
import { isJsonObject } from "#policy/rule-fields/json-object.ts";

/** The keys that stand twice in one object of a JSON text, each at its place; a decoder keeps only the last of them. */
export function repeatedKeys(text: string): readonly Issue[] {
  const json = parseJsonText(text);
  if (!json.ok || walkJsonText(text, MAX_JSON_DEPTH).keyCount === countKeys(json.value)) return [];
  const rangeAt = textPlaces(text);
  return locateIssues(text, []).map(({ offset, length, ...issue }) => ({ ...issue, at: rangeAt(offset, length) }));
}

/** Fewer than the text writes when a key stands twice in one object: only the last of them is kept. */
export function countKeys(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countKeys(item), 0);
  if (!isJsonObject(value)) return 0;
  const values = Object.values(value);
  return values.reduce<number>((sum, item) => sum + countKeys(item), values.length);
}
