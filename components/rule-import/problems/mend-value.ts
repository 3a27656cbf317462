import { parseNet } from "#policy/cidr.ts";
import type { Issue } from "#policy/issue.ts";
import { quoted, unquoted } from "./json-words.ts";

const ACTIONS: ReadonlyMap<string, string> = new Map([
  ["allow", "allow"],
  ["accept", "allow"],
  ["permit", "allow"],
  ["deny", "deny"],
  ["drop", "deny"],
  ["log", "log"],
]);
const PROTOCOLS: ReadonlyMap<string, string> = new Map([
  ...["tcp", "udp", "icmp", "icmpv6", "sctp", "udplite"].map((name) => [name, name] as const),
  ["icmp6", "icmpv6"],
  ["ipv6-icmp", "icmpv6"],
  ["udp-lite", "udplite"],
]);
const ICMP_TYPES: ReadonlyMap<string, string> = new Map([
  ["echo-reply", "0"],
  ["echo-request", "8"],
  ["ping", "8"],
]);

/** The text to write in place of a value or key, where the writer can have meant only one. */
export function mendedValue(issue: Issue, written: string, knownTags: ReadonlySet<string>): string | undefined {
  const inner = unquoted(written);
  switch (issue.kind) {
    case "unknown-key":
      return issue.suggestion === undefined ? undefined : quoted(issue.suggestion);
    case "bad-port":
      return typeof issue.path.at(-1) === "number" ? mendedPorts(inner) : undefined;
    case "wrong-type":
      return mendedType(issue.path, written);
    case "bad-action":
      return wordIn(ACTIONS, inner);
    case "bad-protocol":
      return wordIn(PROTOCOLS, inner) ?? (isNumberUpTo(inner.trim(), 255) ? quoted(inner.trim()) : undefined);
    case "bad-ip-version":
      return /^(?:ip)?v?(?<version>[46])$/i.exec(inner.trim())?.groups?.version;
    case "bad-icmp":
      return isNumberUpTo(inner.trim(), 255) ? inner.trim() : ICMP_TYPES.get(inner.trim().toLowerCase());
    case "bad-cidr":
      return mendedNet(inner);
    case "bad-name":
      return mendedName(issue.what, inner, knownTags);
    default:
      return undefined;
  }
}

/** `"80"` and `"80:80"` mean 80; `"80-90"` is the range the classic tool read; `"80,443"` are two. */
function mendedPorts(inner: string): string | undefined {
  const ports = inner.split(",").map((port) => mendedPort(port.trim()));
  return ports.every((port) => port !== undefined) ? ports.join(", ") : undefined;
}

function mendedPort(inner: string): string | undefined {
  // Leading zeros are octal elsewhere, but no port list ever was.
  const plain = inner.replace(/^0+(?=\d)/, "");
  if (isNumberUpTo(plain, 65_535)) return plain;
  const range = /^(\d{1,5})\s*[:-]\s*(\d{1,5})$/.exec(inner);
  if (range === null) return undefined;
  const [low, high] = [Number(range[1]), Number(range[2])];
  if (low > 65_535 || high > 65_535 || low > high) return undefined;
  return low === high ? String(low) : quoted(`${low}:${high}`);
}

/** A single port or rule where a list belongs, and a number in quotes where a number belongs. */
function mendedType(path: Issue["path"], written: string): string | undefined {
  const field = String(path.at(-1)).replace(/^!/, "");
  const inner = unquoted(written);
  if (field === "src_ports" || field === "dst_ports") {
    const ports = mendedPorts(inner);
    return ports === undefined ? undefined : `[${ports}]`;
  }
  if (field === "inbound_rules" || field === "outbound_rules") {
    return written.startsWith("{") ? `[${written}]` : undefined;
  }
  if (field === "ip_version") return inner === "4" || inner === "6" ? inner : undefined;
  if (field === "icmp_type" || field === "icmp_code") return isNumberUpTo(inner, 255) ? inner : undefined;
  return undefined;
}

/** Blanks around a network, and a mask written out. */
function mendedNet(inner: string): string | undefined {
  const masked = /^(?<address>[\d.]+)\/(?<mask>\d+\.\d+\.\d+\.\d+)$/.exec(inner.trim())?.groups;
  const prefix = masked?.mask === undefined ? undefined : prefixOf(masked.mask);
  const net = prefix === undefined ? inner.trim() : `${masked?.address}/${prefix}`;
  return net !== inner && parseNet(net).ok ? quoted(net) : undefined;
}

function prefixOf(mask: string): number | undefined {
  const octets = mask.split(".").map(Number);
  if (octets.some((octet) => octet > 255)) return undefined;
  const bits = octets.map((octet) => octet.toString(2).padStart(8, "0")).join("");
  return /^1*0*$/.test(bits) ? bits.lastIndexOf("1") + 1 : undefined;
}

/** A tag with a blank where one with an underscore is held; a name with blanks around it. */
function mendedName(what: string, inner: string, knownTags: ReadonlySet<string>): string | undefined {
  const trimmed = inner.trim();
  const isName = /^[A-Za-z0-9_.-]+$/.test(trimmed);
  if (isName && trimmed !== inner) return quoted(trimmed);
  if (what !== "tag") return undefined;
  const joined = trimmed.replace(/\s+/g, "_");
  return knownTags.has(joined) ? quoted(joined) : undefined;
}

function wordIn(words: ReadonlyMap<string, string>, inner: string): string | undefined {
  const word = words.get(inner.trim().toLowerCase());
  return word === undefined ? undefined : quoted(word);
}

function isNumberUpTo(inner: string, max: number): boolean {
  return /^\d{1,5}$/.test(inner) && Number(inner) <= max && String(Number(inner)) === inner;
}
