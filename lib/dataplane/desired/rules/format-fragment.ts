import { FRAME } from "#dataplane/desired/names/chain-names.ts";
import type { FragmentOutcome, FragmentSide, PortChunk, RuleFragment } from "#dataplane/desired/rules/rule-fragment.ts";
import type { SetUse } from "#dataplane/desired/rules/rule-line.ts";
import { formatPorts } from "#policy/port-range.ts";
import type { Family } from "#policy/rule.ts";
import { assertNever } from "#prelude/assert-never.ts";

// xt_LOG's level for "normal but significant"; the kernel keeps 29 characters of a prefix.
const LOG_LEVEL = 5;
const MAX_LOG_PREFIX = 27;

// Only names iptables has built in; others would need /etc/protocols, which a small system may lack.
const PROTOCOL_NAMES: Readonly<Record<number, string>> = {
  1: "icmp",
  6: "tcp",
  17: "udp",
  58: "icmpv6",
  136: "udplite",
};

/** Matches and target of a line as iptables-restore reads them; a set stands as `{tag}`. Order: the original's. */
export function formatFragment(fragment: RuleFragment, family: Family): string {
  return [
    ...protocolWords(fragment),
    ...netWords("-s", fragment.src),
    ...netWords("-d", fragment.dst),
    ...setWords(fragment),
    ...icmpWords(fragment, family),
    ...portWords("--sports", fragment.src),
    ...portWords("--dports", fragment.dst),
    ...outcomeWords(fragment.outcome),
  ].join(" ");
}

/** The set look-ups of a line, in the order they stand in it. */
export function fragmentSetUses({ src, dst }: RuleFragment): readonly SetUse[] {
  return [
    ...(src.tag === undefined ? [] : [{ tag: src.tag, side: "src", negated: false } as const]),
    ...(src.notTag === undefined ? [] : [{ tag: src.notTag, side: "src", negated: true } as const]),
    ...(dst.tag === undefined ? [] : [{ tag: dst.tag, side: "dst", negated: false } as const]),
    ...(dst.notTag === undefined ? [] : [{ tag: dst.notTag, side: "dst", negated: true } as const]),
  ];
}

function protocolWords({ protocol, notProtocol }: RuleFragment): readonly string[] {
  if (protocol !== undefined) return ["-p", protocolWord(protocol)];
  return notProtocol === undefined ? [] : ["!", "-p", protocolWord(notProtocol)];
}

function protocolWord(protocol: number): string {
  return PROTOCOL_NAMES[protocol] ?? String(protocol);
}

function netWords(option: "-s" | "-d", side: FragmentSide): readonly string[] {
  if (side.net !== undefined) return [option, side.net.text];
  return side.notNet === undefined ? [] : ["!", option, side.notNet.text];
}

function setWords(fragment: RuleFragment): readonly string[] {
  return fragmentSetUses(fragment).flatMap(({ tag, side, negated }) => [
    ...(negated ? ["-m", "set", "!"] : ["-m", "set"]),
    "--match-set",
    `{${tag}}`,
    side,
  ]);
}

function icmpWords({ icmp, notIcmp }: RuleFragment, family: Family): readonly string[] {
  const [match, option] = family === 4 ? ["icmp", "--icmp-type"] : ["icmp6", "--icmpv6-type"];
  const word = (kind: { type: number; code?: number }) =>
    kind.code === undefined ? String(kind.type) : `${kind.type}/${kind.code}`;
  return [
    ...(icmp ? ["-m", match, option, word(icmp)] : []),
    ...(notIcmp ? ["-m", match, "!", option, word(notIcmp)] : []),
  ];
}

function portWords(option: "--sports" | "--dports", side: FragmentSide): readonly string[] {
  const words = (chunk: PortChunk, not: readonly string[]) => ["-m", "multiport", ...not, option, formatPorts(chunk)];
  return [
    ...(side.ports ? words(side.ports, []) : []),
    ...(side.notPorts ?? []).flatMap((chunk) => words(chunk, ["!"])),
  ];
}

function outcomeWords(outcome: FragmentOutcome): readonly string[] {
  switch (outcome.kind) {
    case "accept":
      // The goto comes back to the endpoint's chain, past the rest of the profile: one line instead of mark and return.
      return ["-g", FRAME.accept];
    case "drop":
      return ["-j", "DROP"];
    case "leave-profile":
      return ["-j", "RETURN"];
    case "log":
      return ["-j", "LOG", "--log-prefix", `"${logPrefix(outcome.prefix)}: "`, "--log-level", String(LOG_LEVEL)];
    default:
      return assertNever(outcome);
  }
}

function logPrefix(text: string): string {
  return text.replace(/[^A-Za-z0-9_:-]/g, "_").slice(0, MAX_LOG_PREFIX);
}
