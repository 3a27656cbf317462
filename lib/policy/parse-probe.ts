import { parseAddress } from "#policy/address.ts";
import type { Issue, IssueFact, IssuePath } from "#policy/issue.ts";
import { parseMac } from "#policy/mac.ts";
import type { ConnectionState, Place, Probe } from "#policy/packet.ts";
import { MAX_PORT } from "#policy/port-range.ts";
import { ICMP, ICMPV6, parseProtocol } from "#policy/protocol.ts";
import type { Family } from "#policy/rule.ts";
import { isJsonObject, type JsonObject, kindOfValue } from "#policy/rule-fields/json-object.ts";
import { err, ok, type Result } from "#prelude/result.ts";

const KNOWN_KEYS: ReadonlySet<string> = new Set([
  ...["src", "dst", "ip_version", "protocol", "src_port", "dst_port", "icmp_type", "icmp_code"],
  ...["ct_state", "src_ip", "dst_ip", "src_mac"],
]);
const PLACE_KINDS = ["endpoint", "profile", "host", "ip"] as const;
const CONNECTION_STATES: readonly string[] = ["new", "established", "related", "invalid"];
const MAX_ICMP = 255;
const TCP = 6;

type Reader = { readonly fields: JsonObject; readonly report: (fact: IssueFact, ...path: IssuePath) => undefined };

/**
 * Reads a probe as policy tests write it (cli.md), reporting every issue. Left out: ip_version follows the addresses
 * given (else 4), protocol is icmp where an ICMP type is given and tcp otherwise, an ICMP code is 0, ct_state is new.
 */
export function parseProbe(value: unknown): Result<Probe, readonly Issue[]> {
  if (!isJsonObject(value)) {
    return err([{ kind: "wrong-type", found: kindOfValue(value), expected: "an object", path: [] }]);
  }
  const issues: Issue[] = [];
  const fields = withoutNulls(value);
  const reader: Reader = {
    fields,
    report: (fact, ...path) => {
      issues.push({ ...fact, path });
      return undefined;
    },
  };
  for (const key of Object.keys(fields)) if (!KNOWN_KEYS.has(key)) reader.report({ kind: "unknown-key", key }, key);
  const src = readPlace(reader, "src");
  const dst = readPlace(reader, "dst");
  const addresses = readAddresses(reader, [src, dst]);
  const ipVersion = readIpVersion(reader) ?? addresses.family ?? 4;
  if (addresses.family !== undefined && addresses.family !== ipVersion) {
    reader.report({ kind: "family-conflict", detail: `an IPv${addresses.family} address in an IPv${ipVersion} probe` });
  }
  const headers = readHeaders(reader, ipVersion);
  const connectionState = readConnectionState(reader);
  const srcMac = readSrcMac(reader);
  if (issues.length > 0 || src === undefined || dst === undefined || headers === undefined) return err(issues);
  return ok({
    ...{ src, dst, ipVersion, connectionState, ...headers },
    ...(addresses.srcIp === undefined ? {} : { srcIp: addresses.srcIp }),
    ...(addresses.dstIp === undefined ? {} : { dstIp: addresses.dstIp }),
    ...(srcMac === undefined ? {} : { srcMac }),
  });
}

function withoutNulls(fields: JsonObject): JsonObject {
  const hasNull = Object.values(fields).includes(null);
  return hasNull ? Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) : fields;
}

function readPlace({ fields, report }: Reader, side: "src" | "dst"): Place | undefined {
  const value = fields[side];
  if (value === undefined) return report({ kind: "missing-key", key: side });
  if (!isJsonObject(value)) {
    return report({ kind: "wrong-type", found: kindOfValue(value), expected: "an object" }, side);
  }
  const given = Object.entries(value).filter(([, text]) => text !== null);
  const [first, ...others] = given;
  if (first === undefined || others.length > 0) {
    const expected = "exactly one of endpoint, profile, host, ip";
    return report({ kind: "wrong-type", found: `${given.length} keys`, expected }, side);
  }
  const [key, text] = first;
  const kind = PLACE_KINDS.find((known) => known === key);
  if (kind === undefined) return report({ kind: "unknown-key", key }, side, key);
  if (typeof text !== "string") {
    return report({ kind: "wrong-type", found: kindOfValue(text), expected: "text" }, side, key);
  }
  switch (kind) {
    case "endpoint":
      return { kind, name: text };
    case "host":
      return { kind, name: text };
    case "profile":
      return { kind, id: text };
    case "ip": {
      const address = parseAddress(text);
      return address.ok ? { kind, address: address.value.text } : report(address.error, side, key);
    }
  }
}

type GivenAddresses = { readonly srcIp?: string; readonly dstIp?: string; readonly family?: Family };

function readAddresses(reader: Reader, places: readonly (Place | undefined)[]): GivenAddresses {
  const srcIp = readAddress(reader, "src_ip");
  const dstIp = readAddress(reader, "dst_ip");
  const texts = places.flatMap((place) => (place?.kind === "ip" ? [place.address] : []));
  const all = [...texts, srcIp, dstIp].filter((text) => text !== undefined);
  const families = new Set(all.map((text) => (text.includes(":") ? 6 : 4)));
  if (families.size > 1) {
    reader.report({ kind: "family-conflict", detail: "addresses of both families in one probe" });
  }
  const [family] = families;
  return {
    ...(srcIp === undefined ? {} : { srcIp }),
    ...(dstIp === undefined ? {} : { dstIp }),
    ...(family === undefined || families.size > 1 ? {} : { family }),
  };
}

function readAddress({ fields, report }: Reader, field: string): string | undefined {
  const text = fields[field];
  if (text === undefined) return undefined;
  if (typeof text !== "string") return report({ kind: "bad-address", found: kindOfValue(text) }, field);
  const address = parseAddress(text);
  return address.ok ? address.value.text : report(address.error, field);
}

function readIpVersion({ fields, report }: Reader): Family | undefined {
  const version = fields.ip_version;
  if (version === undefined || version === 4 || version === 6) return version;
  return report({ kind: "bad-ip-version", found: String(version) }, "ip_version");
}

type Headers = Pick<Probe, "protocol" | "srcPort" | "dstPort" | "icmpType" | "icmpCode">;

function readHeaders(reader: Reader, family: Family): Headers | undefined {
  const srcPort = readNumber(reader, "src_port", MAX_PORT);
  const dstPort = readNumber(reader, "dst_port", MAX_PORT);
  const icmpType = readNumber(reader, "icmp_type", MAX_ICMP);
  // A packet with a type always has a code, and 0 is the one that types without codes carry.
  const icmpCode = readNumber(reader, "icmp_code", MAX_ICMP) ?? (icmpType === undefined ? undefined : 0);
  const protocol = readProtocol(reader, icmpType === undefined ? TCP : family === 6 ? ICMPV6 : ICMP);
  if (protocol === undefined) return undefined;
  return {
    protocol,
    ...(srcPort === undefined ? {} : { srcPort }),
    ...(dstPort === undefined ? {} : { dstPort }),
    ...(icmpType === undefined ? {} : { icmpType }),
    ...(icmpCode === undefined ? {} : { icmpCode }),
  };
}

function readProtocol({ fields, report }: Reader, otherwise: number): number | undefined {
  if (fields.protocol === undefined) return otherwise;
  const protocol = parseProtocol(fields.protocol);
  return protocol.ok ? protocol.value : report(protocol.error, "protocol");
}

function readNumber({ fields, report }: Reader, field: string, max: number): number | undefined {
  const value = fields[field];
  if (value === undefined) return undefined;
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= max) return value;
  const found = typeof value === "number" ? String(value) : kindOfValue(value);
  const isIcmp = max === MAX_ICMP;
  return report(isIcmp ? { kind: "bad-icmp", field, found } : { kind: "port-out-of-range", found }, field);
}

function readConnectionState({ fields, report }: Reader): ConnectionState {
  const state = fields.ct_state ?? "new";
  if (typeof state === "string" && CONNECTION_STATES.includes(state)) return state as ConnectionState;
  report({ kind: "wrong-type", found: String(state), expected: CONNECTION_STATES.join(", ") }, "ct_state");
  return "new";
}

function readSrcMac({ fields, report }: Reader): string | undefined {
  if (fields.src_mac === undefined) return undefined;
  const mac = parseMac(fields.src_mac);
  return mac.ok ? mac.value : report(mac.error, "src_mac");
}
