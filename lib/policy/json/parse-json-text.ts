import type { IssueFact } from "#policy/issue.ts";
import { walkJsonText } from "#policy/json/walk-json-text.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/** Deeper than any value of ours; a bound that keeps every recursive walk off the end of the stack. */
export const MAX_JSON_DEPTH = 100;

/** Decodes JSON text of bounded depth; never throws. The issue has no place: parse-rules-json.ts finds places. */
export function parseJsonText(text: string): Result<unknown, IssueFact> {
  if (walkJsonText(text, MAX_JSON_DEPTH).tooDeepAt !== undefined) {
    return err({ kind: "too-deep", maxDepth: MAX_JSON_DEPTH });
  }
  try {
    return ok(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return err({ kind: "not-json", detail: error.message });
  }
}
