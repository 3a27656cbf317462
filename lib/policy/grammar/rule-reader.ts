import { parseAddress } from "#policy/address.ts";
import type { Token, TokenizedText } from "#policy/grammar/tokens.ts";
import type { Issue, IssueFact } from "#policy/issue.ts";
import { textPlaces } from "#policy/json/text-places.ts";

/**
 * The state of reading one rule: the words, how many are read, and what they said so far. Clauses only translate
 * words into fields; whether a value is legal is judged once, by the same check as for JSON, and `places` lets its
 * issues point back into the text.
 */
export type RuleReader = {
  readonly source: TokenizedText;
  next: number;
  /** What could have stood at the next word, gathered since the last word was read. */
  readonly expected: string[];
  readonly fields: [field: string, value: unknown][];
  readonly places: Map<string, Place>;
  failure: Issue | undefined;
};

/** Some characters of the text. */
export type Place = { readonly offset: number; readonly length: number };

/** Starts at the first word. */
export function readerOf(source: TokenizedText): RuleReader {
  return { source, next: 0, expected: [], fields: [], places: new Map(), failure: undefined };
}

/** Reads the given words if they come next; otherwise remembers that they could have. */
export function accept(reader: RuleReader, ...words: readonly string[]): boolean {
  if (reader.failure !== undefined) return false;
  if (words.every((word, index) => peek(reader, index)?.text === word)) {
    advance(reader, words.length);
    return true;
  }
  expect(reader, words.join(" "));
  return false;
}

/** Remembers what could have stood at the next word. */
export function expect(reader: RuleReader, ...words: readonly string[]): void {
  if (reader.failure === undefined) reader.expected.push(...words);
}

/** Looks ahead without reading. */
export function peek(reader: RuleReader, ahead = 0): Token | undefined {
  return reader.source.tokens[reader.next + ahead];
}

/** Reads one word of any text; fails at the end of the rule. */
export function takeWord(reader: RuleReader, label: string): Token | undefined {
  if (reader.failure !== undefined) return undefined;
  const token = peek(reader);
  if (token === undefined) return failAtEnd(reader, [label]);
  advance(reader, 1);
  return token;
}

/** Moves past words already looked at. */
export function advance(reader: RuleReader, count: number): void {
  reader.next += count;
  reader.expected.length = 0;
}

/** Stores a field and remembers where its value stands. */
export function setField(reader: RuleReader, field: string, found: { value: unknown; token: Token }): void {
  reader.fields.push([field, found.value]);
  reader.places.set(field, { offset: found.token.offset, length: found.token.text.length });
}

/** Fails at the next word (or the end): none of what was expected stands there. */
export function failHere(reader: RuleReader): void {
  if (reader.failure !== undefined) return;
  const token = peek(reader);
  // "not" itself is fine; the word after it is not.
  const follower = peek(reader, 1);
  const negated = reader.expected.filter((words) => words.startsWith("not ")).map((words) => words.slice(4));
  if (token === undefined) failAtEnd(reader, reader.expected);
  else if (token.text !== "not" || negated.length === 0) failAt(reader, token, reader.expected);
  else if (follower === undefined) failAtEnd(reader, negated);
  else failAt(reader, follower, negated);
}

/** True for a word that is read as a CIDR without the word `cidr` before it. */
export function looksLikeCidr(word: string): boolean {
  return word.includes("/") || parseAddress(word).ok;
}

function failAt(reader: RuleReader, token: Token, expected: readonly string[]): void {
  reader.failure = issueAt(
    reader,
    { kind: "unexpected-word", found: token.text, expected: [...expected] },
    {
      offset: token.offset,
      length: token.text.length,
    },
  );
}

function failAtEnd(reader: RuleReader, expected: readonly string[]): undefined {
  reader.failure = issueAt(
    reader,
    { kind: "unexpected-end", expected: [...expected] },
    {
      offset: reader.source.text.length,
      length: 0,
    },
  );
  return undefined;
}

/** Fails with a fact about a word that has been read. */
export function failWith(reader: RuleReader, fact: IssueFact, token: Token): void {
  reader.failure ??= issueAt(reader, fact, { offset: token.offset, length: token.text.length });
}

function issueAt(reader: RuleReader, fact: IssueFact, place: Place): Issue {
  return { ...fact, path: [], at: textPlaces(reader.source.text)(place.offset, place.length) };
}
