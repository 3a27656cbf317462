/** What one pass over a JSON text tells without decoding it. */
export type JsonTextShape = {
  /** Offset of the bracket that opens one level too many; the pass ends there. */
  readonly tooDeepAt?: number;
  /** How many keys the text writes, repeated ones counted each time. Right for valid JSON. */
  readonly keyCount: number;
};

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Measures any text before it is decoded: a decoder may run out of stack, this cannot. */
export function walkJsonText(text: string, maxDepth: number): JsonTextShape {
  let depth = 0;
  let keyCount = 0;
  for (let offset = 0; offset < text.length; offset += 1) {
    const code = text.charCodeAt(offset);
    if (code === QUOTE) offset = endOfText(text, offset);
    else if (code === COLON) keyCount += 1;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth -= 1;
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      depth += 1;
      if (depth > maxDepth) return { tooDeepAt: offset, keyCount };
    }
  }
  return { keyCount };
}

/** Offset of the quote that closes a text; a line break closes it too, because that is where recovering parsers go on. */
function endOfText(text: string, start: number): number {
  for (let offset = start + 1; offset < text.length; offset += 1) {
    const code = text.charCodeAt(offset);
    if (code === BACKSLASH) offset += 1;
    else if (code === QUOTE || code === LINE_FEED || code === CARRIAGE_RETURN) return offset;
  }
  return text.length;
}
