import type { IssueFact } from "#policy/issue.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/** Deeper than any value of ours; a bound that keeps every recursive walk off the end of the stack. */
export const MAX_JSON_DEPTH = 100;

/** Decodes JSON text of bounded depth; never throws. The issue has no place: parse-rules-json.ts finds places. */
export function parseJsonText(text: string): Result<unknown, IssueFact> {
  if (deepestPlace(text, MAX_JSON_DEPTH) !== undefined) return err({ kind: "too-deep", maxDepth: MAX_JSON_DEPTH });
  try {
    return ok(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return err({ kind: "not-json", detail: error.message });
  }
}

/** Offset of the bracket that opens one level too many; `undefined` when the text stays within the depth. */
export function deepestPlace(text: string, maxDepth: number): number | undefined {
  let depth = 0;
  let isInText = false;
  for (let offset = 0; offset < text.length; offset += 1) {
    const code = text.charCodeAt(offset);
    if (isInText) {
      // A text ends at a line break, closed or not: that is where parsers that recover go on.
      if (code === BACKSLASH) offset += 1;
      else if (code === QUOTE || code === LINE_FEED || code === CARRIAGE_RETURN) isInText = false;
    } else if (code === QUOTE) isInText = true;
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      depth += 1;
      if (depth > maxDepth) return offset;
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth -= 1;
  }
  return undefined;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
