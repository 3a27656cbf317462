import type { IssueFact } from "#policy/issue.ts";
import { suggestKey } from "#policy/rule-fields/suggest-key.ts";
import { eitherOf, groupDigits, quoteText, showHidden } from "#policy/wording/show-text.ts";
import { assertNever } from "#prelude/assert-never.ts";

/** Facts about form rather than about one value. */
export type ParserFact = Extract<
  IssueFact,
  {
    readonly kind:
      | "not-json"
      | "wrong-type"
      | "unknown-key"
      | "missing-key"
      | "duplicate-key"
      | "id-mismatch"
      | "too-large"
      | "too-deep"
      | "too-many-issues"
      | "unexpected-word"
      | "unexpected-end";
  }
>;

/** The JSON parser's codes in words. */
const SYNTAX: ReadonlyMap<string, string> = new Map([
  ["InvalidSymbol", "this word has no meaning in JSON; texts stand in double quotes"],
  ["InvalidNumberFormat", "this is no number"],
  ["PropertyNameExpected", "a key in double quotes is expected here"],
  ["ValueExpected", "a value is expected here"],
  ["ColonExpected", "a colon is expected here"],
  ["CommaExpected", "a comma is expected here"],
  ["CloseBraceExpected", "a closing brace is missing"],
  ["CloseBracketExpected", "a closing bracket is missing"],
  ["EndOfFileExpected", "the document has ended before this"],
  ["InvalidCommentToken", "comments are not allowed"],
  ["UnexpectedEndOfComment", "comments are not allowed"],
  ["UnexpectedEndOfString", "the closing quote is missing"],
  ["UnexpectedEndOfNumber", "the number is cut off"],
  ["InvalidUnicode", "this escape is no character"],
  ["InvalidEscapeCharacter", "this escape is not known"],
  ["InvalidCharacter", "this character must be escaped"],
]);

/** Problems of form: JSON, keys, sizes, words out of place. */
export function describeParserFact(fact: ParserFact): string {
  switch (fact.kind) {
    case "not-json":
      return `Not JSON: ${SYNTAX.get(fact.detail) ?? showHidden(fact.detail)}.`;
    case "wrong-type":
      return `Expected ${fact.expected}, found ${fact.found}.`;
    case "unknown-key":
      return `Unknown key ${quoteText(fact.key)}.${didYouMean(fact.suggestion)}`;
    case "missing-key":
      return `Missing key "${fact.key}".${fact.key.endsWith("_rules") ? " Write [] for no rules." : ""}`;
    case "duplicate-key":
      return `Key ${quoteText(fact.key)} stands here a second time. Keep one.`;
    case "id-mismatch":
      return `The file is for profile ${fact.found}, not ${fact.expected}. Change its "id" or remove it.`;
    case "too-large":
      return `${groupDigits(fact.foundBytes)} bytes; at most ${groupDigits(fact.maxBytes)} bytes are read.`;
    case "too-deep":
      return `Nested deeper than ${fact.maxDepth} levels.`;
    case "too-many-issues":
      return `Stopped after ${groupDigits(fact.count)} problems.`;
    case "unexpected-word":
      return describeWord(fact.found, fact.expected);
    case "unexpected-end":
      return `The rule ends too early. Expected ${eitherOf(fact.expected)}.`;
    default:
      return assertNever(fact);
  }
}

function describeWord(found: string, expected: readonly string[]): string {
  if (expected.length === 0) return `Unexpected ${quoteText(found)} after the end of the rule.`;
  const suggestion = suggestKey(found, expected);
  if (suggestion !== undefined) return `Unexpected ${quoteText(found)}.${didYouMean(suggestion)}`;
  return `Unexpected ${quoteText(found)}. Expected ${eitherOf(expected)}.`;
}

function didYouMean(suggestion: string | undefined): string {
  return suggestion === undefined ? "" : ` Did you mean ${suggestion}?`;
}
