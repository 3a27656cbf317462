import { parseCidr } from "#policy/cidr.ts";
import { parseMac } from "#policy/mac.ts";

/**
 * A second, slow reading of policy-model 2, straight from a state file's JSON: the oracle of the property tests. It
 * shares no code with evaluate but the parsers of addresses, and knows only states with distinct endpoint names.
 */
type Json = Readonly<Record<string, unknown>>;

type End = {
  readonly endpoint?: Json;
  /** Tags of `profile:X`, which has no address. */
  readonly hypothetical?: { readonly id: string };
  readonly host?: string;
  readonly address?: string;
};

type Packet = { readonly probe: Json; readonly family: number; readonly src: End; readonly dst: End };

const NUMBERS: Readonly<Record<string, number>> = { tcp: 6, udp: 17, icmp: 1, icmpv6: 58, sctp: 132, udplite: 136 };

/** allow or deny for a probe about a state, both as JSON. `isValidRules` says whether the agent accepts a rules value. */
export function naiveEvaluate(state: Json, probe: Json, isValidRules: (rules: unknown) => boolean): "allow" | "deny" {
  const family = probe.ip_version === 6 ? 6 : 4;
  const src = findSource(state, probe, family);
  const dst = findDestination(state, {
    place: object(probe.dst),
    family,
    srcHost: textOf(src.endpoint?.host) ?? src.host,
  });
  const packet = { probe, family, src, dst };
  const judge = (end: End, direction: "inbound" | "outbound") => walk(state, { end, direction, packet, isValidRules });
  return isAllowed(state, packet, judge) ? "allow" : "deny";
}

function isAllowed(
  state: Json,
  packet: Packet,
  judge: (end: End, direction: "inbound" | "outbound") => boolean,
): boolean {
  const { probe, family, src, dst } = packet;
  const fromHost = src.host !== undefined && src.endpoint === undefined;
  if (fromHost && dst.endpoint !== undefined && dst.endpoint.host === src.host) return true;
  const toOwnHost = src.endpoint !== undefined && dst.endpoint === undefined && dst.host === src.endpoint.host;
  const own = addressesOf(src.endpoint, family);
  if (src.endpoint !== undefined && probe.src_ip !== undefined && !own.includes(canonical(probe.src_ip))) return false;
  if (src.endpoint !== undefined && !toOwnHost && isKnown(src.endpoint) && own.length === 0) return false;
  if (!toOwnHost && isKnown(dst.endpoint) && addressesOf(dst.endpoint, family).length === 0) return false;
  const isPoliced = [src, dst].some((end) => end.endpoint !== undefined || end.hypothetical !== undefined);
  if (!isPoliced || probe.ct_state === "established" || probe.ct_state === "related") return true;
  if (probe.ct_state === "invalid") return false;
  if (toOwnHost) {
    if (isExempt(probe, family)) return true;
    if (!["RETURN", "ACCEPT"].includes(hostAction(state, String(dst.host)))) return false;
    return isMacRight(src, probe) && judge(src, "outbound");
  }
  const isSenderPoliced = src.endpoint !== undefined || src.hypothetical !== undefined;
  if (isSenderPoliced && !(isMacRight(src, probe) && judge(src, "outbound"))) return false;
  return dst.endpoint === undefined && dst.hypothetical === undefined ? true : judge(dst, "inbound");
}

function walk(
  state: Json,
  {
    end,
    direction,
    packet,
    isValidRules,
  }: {
    readonly end: End;
    readonly direction: "inbound" | "outbound";
    readonly packet: Packet;
    readonly isValidRules: (rules: unknown) => boolean;
  },
): boolean {
  if (end.endpoint !== undefined && (end.endpoint.invalid === true || end.endpoint.state !== "active")) return false;
  const ids = end.hypothetical === undefined ? list(end.endpoint?.profile_ids) : [end.hypothetical.id];
  for (const id of ids) {
    const rules = object(object(state.profiles)[String(id)]).rules;
    if (rules === undefined || !isValidRules(rules)) return false;
    for (const rule of list(object(rules)[`${direction}_rules`]).map(object)) {
      if (!matches(state, rule, packet)) continue;
      if (rule.action === "log") continue;
      if (rule.action === "next-tier") break;
      return rule.action !== "deny";
    }
  }
  return false;
}

function matches(state: Json, rule: Json, packet: Packet): boolean {
  const { probe, family } = packet;
  const hasIcmp = rule.icmp_type !== undefined || rule["!icmp_type"] !== undefined;
  const wanted = rule.protocol === undefined ? (hasIcmp ? 1 : undefined) : protocolOf(rule.protocol);
  const found = protocolOf(probe.protocol);
  if (rule.ip_version !== undefined && rule.ip_version !== family) return false;
  if ((wanted === 1 && family !== 4) || (wanted === 58 && family !== 6)) return false;
  if (wanted !== undefined && wanted !== found) return false;
  if (rule["!protocol"] !== undefined && protocolOf(rule["!protocol"]) === found) return false;
  if (hasIcmp && wanted !== 1 && wanted !== 58) return false;
  if (rule.icmp_type !== undefined && !isIcmp(probe, rule.icmp_type, rule.icmp_code)) return false;
  if (rule["!icmp_type"] !== undefined && isIcmp(probe, rule["!icmp_type"], rule["!icmp_code"])) return false;
  return (["src", "dst"] as const).every((side) => sideMatches(state, { rule, side, packet }));
}

function sideMatches(
  state: Json,
  { rule, side, packet }: { readonly rule: Json; readonly side: "src" | "dst"; readonly packet: Packet },
): boolean {
  const end = packet[side];
  const inNet = (net: unknown) =>
    net !== undefined && familyOf(net) === packet.family && isIn(end.address, String(net));
  if (rule[`${side}_net`] !== undefined && !inNet(rule[`${side}_net`])) return false;
  const notNet = rule[`!${side}_net`];
  if (notNet !== undefined && (familyOf(notNet) !== packet.family || inNet(notNet))) return false;
  const tag = rule[`${side}_tag`];
  if (tag !== undefined && !isMember(state, tag, { end, family: packet.family })) return false;
  const notTag = rule[`!${side}_tag`];
  if (notTag !== undefined && isMember(state, notTag, { end, family: packet.family })) return false;
  const ports = list(rule[`${side}_ports`]);
  const port = packet.probe[`${side}_port`];
  if (ports.length > 0 && !ports.some((entry) => isPort(port, entry))) return false;
  return !list(rule[`!${side}_ports`]).some((entry) => isPort(port, entry));
}

function isMember(state: Json, tag: unknown, { end, family }: { readonly end: End; readonly family: number }): boolean {
  if (end.hypothetical !== undefined && tagsOf(state, end.hypothetical.id).includes(tag)) return true;
  return Object.values(object(state.endpoints))
    .map(object)
    .some(
      (endpoint) =>
        endpoint.invalid !== true &&
        end.address !== undefined &&
        addressesOf(endpoint, family).includes(end.address) &&
        list(endpoint.profile_ids).some((id) => tagsOf(state, id).includes(tag)),
    );
}

function tagsOf(state: Json, id: unknown): readonly unknown[] {
  const tags = list(object(object(state.profiles)[String(id)]).tags);
  return tags.every((tag) => /^[A-Za-z0-9_.-]+$/.test(String(tag))) ? tags : [];
}

function findSource(state: Json, probe: Json, family: number): End {
  const place = object(probe.src);
  const given = probe.src_ip === undefined ? {} : { address: canonical(probe.src_ip) };
  if (place.endpoint !== undefined) {
    const endpoint = object(object(state.endpoints)[String(place.endpoint)]);
    return { endpoint, address: addressesOf(endpoint, family)[0] ?? "?", ...given };
  }
  if (place.profile !== undefined) return { hypothetical: { id: String(place.profile) }, address: "?", ...given };
  if (place.host !== undefined)
    return { host: String(place.host), address: hostAddress(state, place.host, family), ...given };
  const address = canonical(place.ip);
  const host = hostOf(state, address);
  return host === undefined ? { address, ...given } : { host, address, ...given };
}

function findDestination(
  state: Json,
  { place, family, srcHost }: { readonly place: Json; readonly family: number; readonly srcHost: string | undefined },
): End {
  if (place.endpoint !== undefined) {
    const endpoint = object(object(state.endpoints)[String(place.endpoint)]);
    return { endpoint, address: addressesOf(endpoint, family)[0] ?? "?" };
  }
  if (place.profile !== undefined) return { hypothetical: { id: String(place.profile) }, address: "?" };
  if (place.host !== undefined) return { host: String(place.host), address: hostAddress(state, place.host, family) };
  const address = canonical(place.ip);
  const host = hostOf(state, address);
  if (host !== undefined) return { host, address };
  const owners = Object.entries(object(state.endpoints))
    .map(([name, endpoint]): readonly [string, Json] => [name, object(endpoint)])
    .filter(([, endpoint]) => endpoint.invalid !== true && addressesOf(endpoint, family).includes(address))
    .sort(
      ([a, x], [b, y]) =>
        Number(x.state !== "active") - Number(y.state !== "active") ||
        Number(x.host !== srcHost) - Number(y.host !== srcHost) ||
        (`${String(x.host)}/manual/${a}` < `${String(y.host)}/manual/${b}` ? -1 : 1),
    );
  const [owner] = owners;
  return owner === undefined ? { address } : { endpoint: owner[1], address };
}

function isExempt(probe: Json, family: number): boolean {
  const protocol = protocolOf(probe.protocol);
  if (family === 6 && protocol === 58) return [130, 131, 132, 133, 135, 136].includes(Number(probe.icmp_type));
  if (protocol !== 17) return false;
  const dhcp = family === 4 ? [68, 67] : [546, 547];
  return probe.dst_port === 53 || (probe.src_port === dhcp[0] && probe.dst_port === dhcp[1]);
}

function isMacRight({ endpoint }: End, probe: Json): boolean {
  if (endpoint?.mac === undefined || probe.src_mac === undefined) return true;
  const mac = parseMac(probe.src_mac);
  return mac.ok && mac.value === endpoint.mac;
}

function isKnown(endpoint: Json | undefined): boolean {
  return endpoint !== undefined && endpoint.invalid !== true;
}

function hostAction(state: Json, host: string): string {
  const config = object(object(object(state.hosts)[host]).config);
  return String(config.DefaultEndpointToHostAction ?? object(state.config).DefaultEndpointToHostAction ?? "DROP");
}

function isIcmp(probe: Json, type: unknown, code: unknown): boolean {
  return type !== 255 && probe.icmp_type === type && (code === undefined || (probe.icmp_code ?? 0) === code);
}

function isPort(port: unknown, entry: unknown): boolean {
  if (typeof entry === "number") return port === entry;
  const [lo, hi] = String(entry).split(":").map(Number);
  return typeof port === "number" && lo !== undefined && hi !== undefined && lo <= port && port <= hi;
}

function addressesOf(endpoint: Json | undefined, family: number): readonly string[] {
  return list(endpoint?.[`ipv${family}_nets`]).map((net) => canonical(String(net).split("/")[0]));
}

function hostAddress(state: Json, host: unknown, family: number): string {
  const { ip } = object(object(state.hosts)[String(host)]);
  return ip === undefined || familyOf(ip) !== family ? "?" : canonical(ip);
}

function hostOf(state: Json, address: string): string | undefined {
  return Object.entries(object(state.hosts)).find(([, host]) => object(host).ip === address)?.[0];
}

function familyOf(net: unknown): number {
  return String(net).includes(":") ? 6 : 4;
}

/** "?" is an address nobody named: in no network but the whole of its family. */
function isIn(address: string | undefined, net: string): boolean {
  const outer = parseCidr(net);
  if (!outer.ok || address === undefined) return false;
  if (address === "?") return outer.value.prefix === 0;
  const inner = parseCidr(address);
  const hostBits = BigInt((outer.value.family === 4 ? 32 : 128) - outer.value.prefix);
  return (
    inner.ok &&
    inner.value.family === outer.value.family &&
    inner.value.base >> hostBits === outer.value.base >> hostBits
  );
}

function canonical(address: unknown): string {
  const cidr = parseCidr(String(address));
  return cidr.ok ? (cidr.value.text.split("/")[0] ?? "") : String(address);
}

function protocolOf(protocol: unknown): number {
  return NUMBERS[String(protocol)] ?? Number(protocol);
}

function object(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
