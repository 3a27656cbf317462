import {
  type ConnectionSet,
  complement,
  connectionSetKey,
  equals,
  isEmpty,
} from "#analysis/connections/connection-set.ts";
import { type Bound, cutsAt, LEVEL, type Level, NO, restrict } from "#analysis/connections/diagram.ts";
import { formatAddress } from "#policy/address.ts";
import { MAX_PORT } from "#policy/port-range.ts";
import { formatProtocol, hasPorts, ICMP, ICMPV6 } from "#policy/protocol.ts";
import type { Family } from "#policy/rule.ts";

/** The order people expect; other protocols follow by number. */
const FIRST_PROTOCOLS: readonly number[] = [6, 17, ICMP, ICMPV6, 132, 136];
const MAX_PROTOCOL = 255;
const MAX_ICMP = 255;
/** A protocol no rule is likely to name: when it is in, the set is told by what it leaves out. */
const UNLIKELY_PROTOCOL = 253;

/** A graph of many pairs has few different sets. */
const textBySet = new WeakMap<ConnectionSet, string>();

/**
 * A connection set in words, canonical and in a fixed order: `tcp 80,443,7000-7999; icmp type 8`, `all`, `none`,
 * `all except tcp 25`, `ipv6 tcp 22`. Equal sets read the same.
 */
export function formatConnectionSet(set: ConnectionSet): string {
  const known = textBySet.get(set);
  if (known !== undefined) return known;
  const text = describeSet(set);
  textBySet.set(set, text);
  return text;
}

/** The same item by item, each port of a list by itself: what two sets have in common has the same item in both. */
export function connectionItems(set: ConnectionSet): readonly string[] {
  const text = formatConnectionSet(set);
  if (text === "none") return [];
  if (text.includes(" except ")) return [text];
  return text.split("; ").flatMap((item) => {
    const at = item.lastIndexOf(" ") + 1;
    return item
      .slice(at)
      .split(",")
      .map((port) => `${item.slice(0, at)}${port}`);
  });
}

function describeSet(set: ConnectionSet): string {
  if (isEmpty(set)) return "none";
  if (set.kind === "leaf") return "all";
  const [v4, v6] = [restrict(set, LEVEL.family, 4), restrict(set, LEVEL.family, 6)];
  if (isBroad(v4) !== isBroad(v6)) {
    return [familyText(4, v4), familyText(6, v6)].filter((text) => text !== "").join("; ");
  }
  return isBroad(v4) ? `all except ${itemsOf(complement(v4), complement(v6)).join("; ")}` : itemsOf(v4, v6).join("; ");
}

function isBroad(inFamily: ConnectionSet): boolean {
  return equals(restrict(inFamily, LEVEL.protocol, UNLIKELY_PROTOCOL), { kind: "leaf", value: true });
}

/** One family on its own, where the two differ in kind. */
function familyText(family: Family, inFamily: ConnectionSet): string {
  const name = `ipv${family}`;
  if (isEmpty(inFamily)) return "";
  if (inFamily.kind === "leaf") return name;
  const items = (set: ConnectionSet, prefix: string) =>
    protocolsIn(set, NO).flatMap((protocol) =>
      protocolTexts({ protocol, family, prefix }, restrict(set, LEVEL.protocol, protocol)),
    );
  if (isBroad(inFamily)) return `${name} except ${items(complement(inFamily), "").join(", ")}`;
  return items(inFamily, `${name} `).join("; ");
}

/** One text per protocol, and per family where the two differ. */
function itemsOf(v4: ConnectionSet, v6: ConnectionSet): readonly string[] {
  return protocolsIn(v4, v6).flatMap((protocol) => {
    const [in4, in6] = [restrict(v4, LEVEL.protocol, protocol), restrict(v6, LEVEL.protocol, protocol)];
    const isIcmp = protocol === ICMP || protocol === ICMPV6;
    if (equals(in4, in6)) return protocolTexts({ protocol, family: 4, prefix: isIcmp ? "ip " : "" }, in4);
    const textsIn = (family: Family, set: ConnectionSet) =>
      protocolTexts({ protocol, family, prefix: isNative(protocol, family) ? "" : `ipv${family} ` }, set);
    return [...textsIn(4, in4), ...textsIn(6, in6)];
  });
}

/** icmp without a word about its family is IPv4, icmpv6 IPv6. */
function isNative(protocol: number, family: Family): boolean {
  return (protocol === ICMP && family === 4) || (protocol === ICMPV6 && family === 6);
}

function protocolsIn(v4: ConnectionSet, v6: ConnectionSet): readonly number[] {
  const present = new Set([...protocolsOf(v4), ...protocolsOf(v6)]);
  return [...present].sort((a, b) => rankOf(a) - rankOf(b) || a - b);
}

function protocolsOf(set: ConnectionSet): readonly number[] {
  const { starts, children } = cutsAt(set, LEVEL.protocol);
  return children.flatMap((child, index) => {
    if (isEmpty(child)) return [];
    const [first, end] = [Number(starts[index] ?? 1), Number(starts[index + 1] ?? MAX_PROTOCOL + 1)];
    return Array.from({ length: end - first }, (_, step) => first + step);
  });
}

function rankOf(protocol: number): number {
  const rank = FIRST_PROTOCOLS.indexOf(protocol);
  return rank < 0 ? FIRST_PROTOCOLS.length : rank;
}

type Heading = { readonly protocol: number; readonly family: Family; readonly prefix: string };

/** The texts of one protocol in one family: one per distinct combination of the first coordinate. */
function protocolTexts({ protocol, family, prefix }: Heading, set: ConnectionSet): readonly string[] {
  const name = `${prefix}${formatProtocol(protocol)}`;
  const lastKind = hasPorts(protocol) ? MAX_PORT : MAX_ICMP;
  const lastAddress = (1n << (family === 4 ? 32n : 128n)) - 1n;
  const asAddress = (value: Bound) => formatAddress(family, BigInt(value));
  return groupsAt(set, { level: LEVEL.first, last: lastKind, show: String }).flatMap(
    ({ ranges: first, rest: seconds }) =>
      groupsAt(seconds, { level: LEVEL.second, last: lastKind, show: String }).flatMap(
        ({ ranges: second, rest: senders }) =>
          groupsAt(senders, { level: LEVEL.src, last: lastAddress, show: asAddress }).flatMap(({ ranges: src, rest }) =>
            groupsAt(rest, { level: LEVEL.dst, last: lastAddress, show: asAddress }).map(
              ({ ranges: dst }) => `${name}${kindText(protocol, first, second)}${word("from", src)}${word("to", dst)}`,
            ),
          ),
      ),
  );
}

function kindText(protocol: number, first: string, second: string): string {
  if (hasPorts(protocol)) return `${second === "" ? "" : ` ${second}`}${word("from ports", first)}`;
  return `${word("type", first)}${word("code", second)}`;
}

function word(name: string, ranges: string): string {
  return ranges === "" ? "" : ` ${name} ${ranges}`;
}

type Coordinate = { readonly level: Level; readonly last: Bound; readonly show: (value: Bound) => string };
type Group = { readonly ranges: string; readonly rest: ConnectionSet };

/** The intervals of one level, those that lead to the same set together; `ranges` is empty when the level is free. */
function groupsAt(set: ConnectionSet, { level, last, show }: Coordinate): readonly Group[] {
  if (isEmpty(set)) return [];
  if (set.kind === "leaf" || set.level !== level) return [{ ranges: "", rest: set }];
  const { starts, children } = cutsAt(set, level);
  const groups = new Map<string, { readonly texts: string[]; readonly rest: ConnectionSet }>();
  children.forEach((rest, index) => {
    if (isEmpty(rest)) return;
    const key = connectionSetKey(rest);
    const group = groups.get(key) ?? { texts: [], rest };
    const [start, next] = [starts[index] ?? 0, starts[index + 1]];
    const end = next === undefined ? last : before(next);
    group.texts.push(start === end ? show(start) : `${show(start)}-${show(end)}`);
    groups.set(key, group);
  });
  return [...groups.values()].map(({ texts, rest }) => ({ ranges: texts.join(","), rest }));
}

function before(bound: Bound): Bound {
  return typeof bound === "bigint" ? bound - 1n : bound - 1;
}
