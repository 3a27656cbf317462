import { readCidr, readNumber, readPorts, readProtocolWord } from "#policy/grammar/read-values.ts";
import {
  accept,
  advance,
  expect,
  failHere,
  failWith,
  looksLikeCidr,
  peek,
  type RuleReader,
  setField,
  takeWord,
} from "#policy/grammar/rule-reader.ts";
import type { Token } from "#policy/grammar/tokens.ts";
import { PROTOCOL_NAMES } from "#policy/protocol.ts";

const OFFERED_ACTIONS: readonly string[] = ["allow", "deny", "log"];

/** Reads a whole rule, clause by clause, in the one order the grammar has (cli.md, Rule text). */
export function readRule(reader: RuleReader): void {
  readAction(reader);
  readFamily(reader);
  readProtocol(reader);
  readIcmp(reader);
  readSide(reader, "from", "src");
  readSide(reader, "to", "dst");
  readPrefix(reader);
  if (peek(reader) !== undefined) failHere(reader);
}

function readAction(reader: RuleReader): void {
  const token = peek(reader);
  if (!isAction(reader, token) || token === undefined) failHere(reader);
  else setField(reader, "action", { value: token.text, token });
}

/** `next-tier` is read but never offered: parseRule refuses it by name. */
function isAction(reader: RuleReader, token: Token | undefined): boolean {
  if (OFFERED_ACTIONS.some((name) => accept(reader, name))) return true;
  if (token?.text !== "next-tier") return false;
  advance(reader, 1);
  return true;
}

function readFamily(reader: RuleReader): void {
  for (const version of [4, 6]) {
    const token = peek(reader);
    if (!accept(reader, `ipv${version}`) || token === undefined) continue;
    setField(reader, "ip_version", { value: version, token });
    return;
  }
}

function readProtocol(reader: RuleReader): void {
  readProtocolAt(reader, { field: "protocol", ahead: 0 });
  if (peek(reader)?.text === "not") readProtocolAt(reader, { field: "!protocol", ahead: 1 });
  else expect(reader, "not PROTOCOL");
}

function readProtocolAt(reader: RuleReader, wanted: { readonly field: string; readonly ahead: number }): void {
  const token = peek(reader, wanted.ahead);
  if (reader.failure !== undefined) return;
  if (token === undefined || !isProtocolWord(token.text)) {
    const words = [...PROTOCOL_NAMES, "1..255"];
    expect(reader, ...(wanted.ahead === 0 ? words : words.map((word) => `not ${word}`)));
    return;
  }
  advance(reader, wanted.ahead + 1);
  setField(reader, wanted.field, { value: readProtocolWord(token.text), token });
}

function isProtocolWord(word: string): boolean {
  return PROTOCOL_NAMES.includes(word) || /^\d+$/.test(word);
}

function readIcmp(reader: RuleReader): void {
  if (accept(reader, "type")) readIcmpKind(reader, "");
  if (accept(reader, "not", "type")) readIcmpKind(reader, "!");
}

function readIcmpKind(reader: RuleReader, polarity: "" | "!"): void {
  const type = takeWord(reader, "an ICMP type 0..254");
  if (type !== undefined) setField(reader, `${polarity}icmp_type`, { value: readNumber(type.text), token: type });
  if (!accept(reader, "code")) return;
  const code = takeWord(reader, "an ICMP code 0..255");
  if (code !== undefined) setField(reader, `${polarity}icmp_code`, { value: readNumber(code.text), token: code });
}

function readSide(reader: RuleReader, word: "from" | "to", side: "src" | "dst"): void {
  if (!accept(reader, word)) return;
  const start = reader.next;
  readPortsClause(reader, side);
  readTagClause(reader, side);
  readCidrClause(reader, side);
  // An empty side would mean "anyone", which nobody types on purpose.
  if (reader.next === start) failHere(reader);
}

function readPortsClause(reader: RuleReader, side: string): void {
  if (accept(reader, "ports")) readPorts(reader, `${side}_ports`);
  if (accept(reader, "not", "ports")) readPorts(reader, `!${side}_ports`);
}

function readTagClause(reader: RuleReader, side: string): void {
  if (accept(reader, "tag")) readTag(reader, `${side}_tag`);
  if (accept(reader, "not", "tag")) readTag(reader, `!${side}_tag`);
}

function readCidrClause(reader: RuleReader, side: string): void {
  const bare = peek(reader);
  if (accept(reader, "cidr") || (bare !== undefined && looksLikeCidr(bare.text))) readCidr(reader, `${side}_net`);
  if (accept(reader, "not", "cidr")) readCidr(reader, `!${side}_net`);
}

function readTag(reader: RuleReader, field: string): void {
  // Any word: a tag may be called `to` or `cidr`.
  const token = takeWord(reader, "a tag");
  if (token !== undefined) setField(reader, field, { value: token.text, token });
}

function readPrefix(reader: RuleReader): void {
  if (!accept(reader, "prefix")) return;
  const token = takeWord(reader, "a log prefix");
  if (token?.text === "") failWith(reader, { kind: "bad-log-prefix", found: "" }, token);
  else if (token !== undefined) setField(reader, "log_prefix", { value: token.text, token });
}
