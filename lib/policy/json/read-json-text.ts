import type { Issue } from "#policy/issue.ts";
import { type PlacedIssue, syntaxIssues } from "#policy/json/locate-issues.ts";
import { MAX_JSON_DEPTH, parseJsonText } from "#policy/json/parse-json-text.ts";
import { textPlaces } from "#policy/json/text-places.ts";
import { walkJsonText } from "#policy/json/walk-json-text.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/** A text that is JSON: what it says, and what finding places in it needs. */
export type ReadJson = {
  readonly value: unknown;
  /** The text with a blank for a byte order mark, so that every offset is that of the file. */
  readonly readable: string;
  /** How many keys the text writes; more than the value has when one is repeated. */
  readonly keyCount: number;
};

/** The largest file that is read when nobody says otherwise. */
const DEFAULT_MAX_BYTES = 5 * 1024 * 1024;

/** Decodes the text of a file; every reason why it cannot be is an issue with its place. */
export function readJsonText(text: string, maxBytes = DEFAULT_MAX_BYTES): Result<ReadJson, readonly Issue[]> {
  const foundBytes = new TextEncoder().encode(text).length;
  if (foundBytes > maxBytes) return err(placedInOrder(text, [{ kind: "too-large", foundBytes, maxBytes, ...at(0) }]));
  // Some editors begin a file with an invisible mark; a blank in its place keeps every offset.
  const readable = text.startsWith("\uFEFF") ? ` ${text.slice(1)}` : text;
  const { tooDeepAt, keyCount } = walkJsonText(readable, MAX_JSON_DEPTH);
  if (tooDeepAt !== undefined) {
    return err(placedInOrder(readable, [{ kind: "too-deep", maxDepth: MAX_JSON_DEPTH, ...at(tooDeepAt) }]));
  }
  const json = parseJsonText(readable);
  if (!json.ok) return err(placedInOrder(readable, syntaxIssues(readable, json.error)));
  return ok({ value: json.value, readable, keyCount });
}

/** Issues in the order of the text, their offsets as line and column. */
export function placedInOrder(text: string, placed: readonly PlacedIssue[]): readonly Issue[] {
  const rangeAt = textPlaces(text);
  const sorted = [...placed].sort((a, b) => a.offset - b.offset);
  return sorted.map(({ offset, length, ...issue }) => ({ ...issue, at: rangeAt(offset, length) }));
}

function at(offset: number) {
  return { path: [], offset, length: 0 } as const;
}
