import { canonicalRule } from "#policy/canonical-rule.ts";
import type { Issue } from "#policy/issue.ts";
import { formatPorts } from "#policy/port-range.ts";
import { formatProtocol, PROTOCOL_NAMES } from "#policy/protocol.ts";
import { parseTraffic, type Traffic, trafficRule } from "#policy/traffic.ts";
import { err, type Result } from "#prelude/result.ts";

/** A word of a question and where it stands. */
export type Word = { readonly text: string; readonly offset: number };

/** What is wrong with a word of a question; without a word it ended too early. */
export type WordProblem = { readonly fact: Issue | ExpectedWords; readonly offset: number; readonly length: number };

export type ExpectedWords = { readonly kind: "expected-words"; readonly found?: string; readonly expected: string };

const FAMILIES: ReadonlyMap<string, 4 | 6> = new Map([
  ["ipv4", 4],
  ["v4", 4],
  ["ipv6", 6],
  ["v6", 6],
]);
const EVERYTHING: ReadonlySet<string> = new Set(["everything", "anything", "all", "any"]);
const FILLERS: ReadonlySet<string> = new Set(["port", "ports", "protocol", "on", "and", "to"]);
const PORTS = /^\d{1,9}([-:]\d{1,9})?(,\d{1,9}([-:]\d{1,9})?)*,?$/;
const EXPECTED = "a protocol (tcp, udp, icmp), a port like 7890 or 80,443, ping, ipv4 or ipv6";

type Fields = Record<string, unknown>;
type Found = { readonly fields: Fields; readonly words: Map<string, Word> };

/** Splits a text into words at white space; each keeps its place. */
export function wordsOf(text: string): readonly Word[] {
  return [...text.matchAll(/\S+/g)].map((word) => ({ text: word[0], offset: word.index }));
}

/**
 * Reads `tcp/7890`, `tcp 80,443`, `7890`, `udp ports 5000-6000`, `icmp type 8 code 0`, `ping`, `ipv6 tcp`, or nothing
 * for every connection. Ports alone are tcp's. The problem is at the word it is about.
 */
export function parseTrafficText(words: readonly Word[]): Result<Traffic, WordProblem> {
  const found: Found = { fields: {}, words: new Map() };
  for (let next = 0; next < words.length; ) {
    const read = readWord(found, words, next);
    if (read === 0) return err(unexpected(words[next], EXPECTED));
    next += read;
  }
  if (found.fields.dst_ports !== undefined) found.fields.protocol ??= "tcp";
  if (found.fields.icmp_type !== undefined) found.fields.protocol ??= "icmp";
  const traffic = parseTraffic(found.fields);
  return traffic.ok ? traffic : err(problemAt(found, words, traffic.error[0]));
}

/** The same text for the same traffic: `tcp/80,443`, `icmp type 8`, `ipv4 udp/53`, or empty for everything. */
export function formatTraffic(traffic: Traffic): string {
  const { ipVersion, protocol, icmp, dst } = canonicalRule(trafficRule(traffic));
  const ports = dst.ports === undefined ? undefined : formatPorts(dst.ports).replaceAll(":", "-");
  return [
    ...(ipVersion === undefined ? [] : [`ipv${ipVersion}`]),
    ...(protocol === undefined ? [] : [protocolText(formatProtocol(protocol), ports)]),
    ...(icmp === undefined ? [] : [`type ${icmp.type}${icmp.code === undefined ? "" : ` code ${icmp.code}`}`]),
  ].join(" ");
}

/** A number without a name says that it is no port. */
function protocolText(protocol: string, ports: string | undefined): string {
  if (!/^\d/.test(protocol)) return ports === undefined ? protocol : `${protocol}/${ports}`;
  return ports === undefined ? `protocol ${protocol}` : `protocol ${protocol} ports ${ports}`;
}

/** The problem of a word that does not fit, or of the end. */
export function unexpected(word: Word | undefined, expected: string, end = 0): WordProblem {
  if (word === undefined) return { fact: { kind: "expected-words", expected }, offset: end, length: 0 };
  return {
    fact: { kind: "expected-words", found: word.text, expected },
    offset: word.offset,
    length: word.text.length,
  };
}

/** How many words it took; 0 when the next one means nothing here. */
function readWord(found: Found, words: readonly Word[], next: number): number {
  const word = words[next];
  if (word === undefined) return 0;
  const text = word.text.toLowerCase();
  const [name = "", ports, ...rest] = text.split("/");
  if (FAMILIES.has(text)) return setField(found, "ip_version", FAMILIES.get(text), word);
  if (text === "ping") return setField(found, "protocol", "icmp", word) && setField(found, "icmp_type", 8, word);
  if (EVERYTHING.has(text) || FILLERS.has(text)) return 1;
  if (text === "type" || text === "code") return readIcmpNumber(found, [`icmp_${text}`, words[next + 1]]);
  if (PROTOCOL_NAMES.includes(name) && rest.length === 0) {
    setField(found, "protocol", name, word);
    if (ports === undefined) return 1;
    return PORTS.test(ports) ? setPorts(found, ports, word) : 0;
  }
  if (!PORTS.test(text)) return 0;
  const isIcmp = found.fields.protocol === "icmp" || found.fields.protocol === "icmpv6";
  if (isIcmp && found.fields.icmp_type === undefined) return setField(found, "icmp_type", Number(text), word);
  if (words[next - 1]?.text.toLowerCase() === "protocol") return setField(found, "protocol", text, word);
  return setPorts(found, text, word);
}

function readIcmpNumber(found: Found, [field, word]: readonly [string, Word | undefined]): number {
  if (word === undefined || !/^\d{1,9}$/.test(word.text)) return 0;
  setField(found, field, Number(word.text), word);
  return 2;
}

function setField({ fields, words }: Found, field: string, ...[value, word]: [unknown, Word]): number {
  fields[field] = value;
  words.set(field, word);
  return 1;
}

function setPorts(found: Found, text: string, word: Word): number {
  const known = Array.isArray(found.fields.dst_ports) ? (found.fields.dst_ports as readonly unknown[]) : [];
  const entries = text.split(",").filter((entry) => entry !== "");
  const ports = entries.map((entry) => {
    const [lo, hi] = entry.split(/[-:]/);
    return hi === undefined || lo === hi ? Number(lo) : `${Number(lo)}:${Number(hi)}`;
  });
  return setField(found, "dst_ports", [...known, ...ports], word);
}

/** A word may have set several fields; the last word stands for what belongs to none. */
function problemAt({ words: places }: Found, words: readonly Word[], issue: Issue | undefined): WordProblem {
  const word = places.get(String(issue?.path[0])) ?? words.at(-1);
  if (issue === undefined || word === undefined) return unexpected(undefined, EXPECTED);
  return { fact: { ...issue, path: [] }, offset: word.offset, length: word.text.length };
}
