import type { IssueFact } from "#policy/issue.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/** A comment is a line or two beside a rule, not a document. */
export const MAX_COMMENT_LENGTH = 500;

/**
 * Characters that are not seen or that turn the order of others around: a comment must read as what it is. A line break
 * is the one exception.
 */
const HIDDEN = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Accepts a comment; blanks around it are left out, so an empty text means none. */
export function parseComment(value: unknown): Result<string, IssueFact> {
  if (typeof value !== "string") return err({ kind: "wrong-type", found: typeof value, expected: "a comment" });
  const text = value.trim();
  if (text.length > MAX_COMMENT_LENGTH) {
    return err({ kind: "comment-too-long", characterCount: text.length, maxCharacters: MAX_COMMENT_LENGTH });
  }
  const hidden = HIDDEN.exec(text);
  return hidden === null ? ok(text) : err({ kind: "comment-hidden-character", found: hidden[0] });
}
