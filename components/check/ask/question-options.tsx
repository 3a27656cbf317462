import { formatPlace } from "#analysis/question/format-place.ts";
import { parsePlace } from "#analysis/question/parse-place.ts";
import { formatTraffic, parseTrafficText, wordsOf } from "#analysis/question/reach/traffic-text.ts";
import { canonicalRule } from "#policy/canonical-rule.ts";
import { formatPorts } from "#policy/port-range.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { formatProtocol } from "#policy/protocol.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { PlaceMark } from "../place-mark.tsx";
import type { ComboOption } from "./combo.tsx";

const MAX_OPTIONS = 60;

/** The places that fit what is typed: an address or network itself, then anywhere, profiles, endpoints, hosts. */
export function placeOptions(snapshot: Snapshot, typed: string): readonly ComboOption[] {
  const wanted = typed.toLowerCase();
  const exact = typed === "" ? undefined : parsePlace(typed, snapshot);
  const isNumeric = exact?.ok && (exact.value.kind === "address" || exact.value.kind === "cidr");
  const texts = [
    ...(isNumeric ? [formatPlace(exact.value)] : []),
    ...("anywhere world".includes(wanted) ? ["world"] : []),
    ...[...snapshot.profiles.keys()].filter((id) => id.toLowerCase().includes(wanted)).map((id) => `profile:${id}`),
    ...[...snapshot.endpoints.keys()]
      .filter((key) => key.toLowerCase().includes(wanted))
      .map((key) => `endpoint:${key}`),
    ...hostsOf(snapshot)
      .filter((host) => host.toLowerCase().includes(wanted))
      .map((host) => `host:${host}`),
  ];
  return texts
    .slice(0, MAX_OPTIONS)
    .map((value) => ({ value, label: <PlaceMark place={value} />, hint: kindOf(value) }));
}

/** What the receiver's rules speak of, then what people often ask, then what is typed where it can be read. */
export function trafficOptions(snapshot: Snapshot, to: string, typed: string): readonly ComboOption[] {
  const known = [...new Set([...trafficOf(snapshot, to), "tcp/80,443", "tcp", "udp/53", "icmp type 8", ""])];
  const parsed = typed === "" ? undefined : parseTrafficText(wordsOf(typed));
  const own = parsed?.ok ? [formatTraffic(parsed.value)] : [];
  const wanted = typed.toLowerCase();
  const fitting = known.filter((text) => (text === "" ? "everything" : text).includes(wanted));
  return [...new Set([...own, ...fitting])].map((value) => ({
    value,
    label: value === "" ? "everything" : <span className="mono">{value}</span>,
  }));
}

function trafficOf({ profiles }: Snapshot, to: string): readonly string[] {
  const rules = profiles.get(to.replace(/^profile:/, "") as ProfileId)?.rules;
  if (rules?.kind !== "valid") return [];
  return rules.value.inbound.flatMap((rule) => {
    const { protocol, dst } = canonicalRule(rule);
    if (protocol === undefined || dst.ports === undefined) return [];
    return [`${formatProtocol(protocol)}/${formatPorts(dst.ports).replaceAll(":", "-")}`];
  });
}

function hostsOf({ hosts, endpoints }: Snapshot): readonly string[] {
  return [...new Set([...hosts.keys(), ...[...endpoints.values()].map(({ key }) => key.host)])].sort();
}

function kindOf(place: string): string {
  const kind = /^(profile|endpoint|host):/.exec(place)?.[1];
  return kind ?? (place === "world" ? "any address" : "address");
}
