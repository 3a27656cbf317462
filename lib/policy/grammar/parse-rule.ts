import { readRule } from "#policy/grammar/read-clauses.ts";
import { type Place, type RuleReader, readerOf } from "#policy/grammar/rule-reader.ts";
import { spellNet } from "#policy/grammar/spell-net.ts";
import { tokenize } from "#policy/grammar/tokens.ts";
import type { Issue, IssuePath } from "#policy/issue.ts";
import { textPlaces } from "#policy/json/text-places.ts";
import { parseStoredRule } from "#policy/parse-stored-rule.ts";
import { parseStrictRule } from "#policy/parse-strict-rule.ts";
import type { Rule } from "#policy/rule.ts";
import { err, type Result } from "#prelude/result.ts";

type CheckRule = (fields: Readonly<Record<string, unknown>>) => Result<Rule, readonly Issue[]>;

/**
 * Reads the words of a rule that is to be stored; every issue has its place in the text. As strict as our doors are:
 * `next-tier` is not offered and ICMP type 255 is refused. To find a rule that others may have stored, use parseAnyRule.
 */
export function parseRule(words: string | readonly string[]): Result<Rule, readonly Issue[]> {
  return parseWords(words, (fields) => {
    const rule = parseStrictRule(fields);
    if (fields.action !== "next-tier") return rule;
    const refusal: Issue = { kind: "action-not-offered", found: "next-tier", path: ["action"] };
    return err([refusal, ...(rule.ok ? [] : rule.error)]);
  });
}

/**
 * Reads the words of a rule that may be stored already: removal by words, search. Takes whatever the model allows,
 * so parseAnyRule(formatRule(r)) equals r for every valid rule.
 */
export function parseAnyRule(words: string | readonly string[]): Result<Rule, readonly Issue[]> {
  return parseWords(words, (fields) => parseStoredRule(fields));
}

function parseWords(words: string | readonly string[], check: CheckRule): Result<Rule, readonly Issue[]> {
  const reader = readerOf(tokenize(words));
  readRule(reader);
  if (reader.failure !== undefined) return err([reader.failure]);
  const checked = check(Object.fromEntries(reader.fields));
  if (!checked.ok) return err(placed(reader, checked.error));
  // Only now: the check has to see the network as it was typed.
  const spelled = reader.fields.map(([field, value]) => [field, field.endsWith("_net") ? spellNet(value) : value]);
  return parseStoredRule(Object.fromEntries(spelled));
}

/** The issues with their places, in the order of the text. */
function placed(reader: RuleReader, issues: readonly Issue[]): readonly Issue[] {
  const rangeAt = textPlaces(reader.source.text);
  return issues
    .map((issue) => {
      const place = placeOf(reader, issue.path);
      return { ...inWords(issue), at: rangeAt(place.offset, place.length) };
    })
    .sort((a, b) => a.at.offset - b.at.offset);
}

/** Hints are JSON; words have no quotes. */
function inWords(issue: Issue): Issue {
  return issue.kind === "bad-port" && issue.hint !== undefined
    ? { ...issue, hint: issue.hint.replaceAll('"', "") }
    : issue;
}

function placeOf(reader: RuleReader, path: IssuePath): Place {
  const whole = { offset: 0, length: reader.source.text.length };
  return reader.places.get(path.join(" ")) ?? reader.places.get(String(path[0])) ?? whole;
}
