import type { TextRange } from "#policy/issue.ts";
import { quoted } from "./json-words.ts";
import type { SourceFix } from "./source-fix.ts";

const QUOTE_MARKS = /^['‘’“”`](?<inside>[A-Za-z0-9_.:/!-]*)['‘’“”`]$/;
const WORD = /^[A-Za-z!][A-Za-z0-9_.:/-]*$/;

/** Mends what keeps a text from being JSON where only one text can be meant: quotes, commas, comments. */
export function mendedSyntax(detail: string, text: string, { offset, length }: TextRange): SourceFix | undefined {
  const written = text.slice(offset, offset + length);
  switch (detail) {
    case "InvalidCommentToken":
      return { label: "Remove the comment", isCertain: true, offset, length, insert: "" };
    case "PropertyNameExpected":
    case "ValueExpected":
      return withoutComma(text, offset);
    case "CommaExpected":
      return withComma(text, offset);
    case "InvalidSymbol":
      return inQuotes(written, { offset, length });
    default:
      return undefined;
  }
}

/** A comma ahead of the bracket that ends the list. */
function withoutComma(text: string, offset: number): SourceFix | undefined {
  const before = text.slice(0, offset).trimEnd();
  if (!before.endsWith(",") || !/[}\]]/.test(text[offset] ?? "")) return undefined;
  return { label: "Remove the comma", isCertain: true, offset: before.length - 1, length: 1, insert: "" };
}

/** Two entries, one behind the other. */
function withComma(text: string, offset: number): SourceFix | undefined {
  const before = text.slice(0, offset).trimEnd();
  if (!/["}\]\da-z]$/.test(before) || !/["{[\d]/.test(text[offset] ?? "")) return undefined;
  return { label: "Write a comma", isCertain: true, offset: before.length, length: 0, insert: "," };
}

/** Other programs' quotes, or none; a word of another language (None, True) is no text. */
function inQuotes(written: string, place: Pick<SourceFix, "offset" | "length">): SourceFix | undefined {
  const inside = QUOTE_MARKS.exec(written)?.groups?.inside ?? (WORD.test(written) ? written : undefined);
  if (inside === undefined || /^(?:none|true|false|null|nan|undefined|infinity)$/i.test(inside)) return undefined;
  return { label: `Use ${quoted(inside)}`, isCertain: true, ...place, insert: quoted(inside) };
}
