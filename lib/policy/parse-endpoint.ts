import { parseAddressText } from "#policy/address.ts";
import type { Endpoint, EndpointNet } from "#policy/endpoint.ts";
import { parseEndpointNet } from "#policy/endpoint-net.ts";
import type { Issue, IssueFact, IssuePath } from "#policy/issue.ts";
import { parseMac } from "#policy/mac.ts";
import { endpointExtraIssues } from "#policy/parse-endpoint-extras.ts";
import { type ProfileId, parseProfileId } from "#policy/profile-id.ts";
import type { Family } from "#policy/rule.ts";
import { isJsonObject, type JsonObject, kindOfValue } from "#policy/rule-fields/json-object.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/** What Linux and the classic agent accept as the name of a workload's interface. */
const INTERFACE_NAME = /^[A-Za-z0-9_-]{1,15}$/;

type Report = (fact: IssueFact, ...path: IssuePath) => void;

/**
 * Reads an endpoint value as the classic agent does (policy-model 1.5), reporting every issue. The prefixes are
 * those of the endpoint's own host, the only one that checks them; unknown fields are kept and ignored.
 */
export function parseEndpoint(
  value: unknown,
  options: { readonly interfacePrefixes?: readonly string[] } = {},
): Result<Endpoint, readonly Issue[]> {
  if (!isJsonObject(value)) {
    return err([{ kind: "wrong-type", found: kindOfValue(value), expected: "an object", path: [] }]);
  }
  const issues: Issue[] = [];
  const report: Report = (fact, ...path) => issues.push({ ...fact, path });
  const state = readState(value, report);
  const name = readInterfaceName(value, options.interfacePrefixes, report);
  const mac = readMac(value, report);
  const profileIds = readProfileIds(value, report);
  const ipv4Nets = readNets(value, 4, report);
  const ipv6Nets = readNets(value, 6, report);
  readGateway(value, 4, report);
  readGateway(value, 6, report);
  issues.push(...endpointExtraIssues(value));
  if (issues.length > 0 || state === undefined || name === undefined) return err(issues);
  const endpoint = { state, name, profileIds, ipv4Nets, ipv6Nets, stored: value };
  return ok(mac === undefined ? endpoint : { ...endpoint, mac });
}

function readState(fields: JsonObject, report: Report): Endpoint["state"] | undefined {
  const { state } = fields;
  if (state === "active" || state === "inactive") return state;
  if (state === undefined) report({ kind: "missing-key", key: "state" });
  else report({ kind: "bad-state", found: typeof state === "string" ? state : kindOfValue(state) }, "state");
  return undefined;
}

function readInterfaceName(
  fields: JsonObject,
  prefixes: readonly string[] | undefined,
  report: Report,
): string | undefined {
  const { name } = fields;
  if (name === undefined) {
    report({ kind: "missing-key", key: "name" });
    return undefined;
  }
  if (typeof name !== "string") {
    report({ kind: "wrong-type", found: kindOfValue(name), expected: "an interface name" }, "name");
    return undefined;
  }
  const isManaged = prefixes === undefined || prefixes.some((prefix) => name.startsWith(prefix));
  if (INTERFACE_NAME.test(name) && isManaged) return name;
  report({ kind: "bad-name", what: "interface name", found: name }, "name");
  return undefined;
}

function readMac(fields: JsonObject, report: Report): string | undefined {
  // The key may be absent, but an explicit null is an address that does not parse.
  if (fields.mac === undefined) return undefined;
  const mac = parseMac(fields.mac);
  if (mac.ok) return mac.value;
  report(mac.error, "mac");
  return undefined;
}

function readProfileIds(fields: JsonObject, report: Report): readonly ProfileId[] {
  const isLegacy = fields.profile_ids === undefined && fields.profile_id !== undefined;
  const listed: unknown = isLegacy
    ? [fields.profile_id]
    : (fields.profile_ids ?? (fields.profile_ids === null ? null : []));
  if (!Array.isArray(listed)) {
    report({ kind: "wrong-type", found: kindOfValue(listed), expected: "a list of profile ids" }, "profile_ids");
    return [];
  }
  const ids: ProfileId[] = [];
  listed.forEach((item: unknown, index) => {
    const id = parseProfileId(item);
    if (id.ok) ids.push(id.value);
    else if (isLegacy) report(id.error, "profile_id");
    else report(id.error, "profile_ids", index);
  });
  return ids;
}

function readNets(fields: JsonObject, family: Family, report: Report): readonly EndpointNet[] {
  const field = `ipv${family}_nets`;
  const listed = fields[field];
  if (listed === undefined) return [];
  if (!Array.isArray(listed)) {
    report({ kind: "wrong-type", found: kindOfValue(listed), expected: "a list of addresses" }, field);
    return [];
  }
  const nets: EndpointNet[] = [];
  listed.forEach((item: unknown, index) => {
    const net = parseEndpointNet(item, family);
    if (net.ok) nets.push(net.value);
    else report(net.error, field, index);
  });
  return nets;
}

function readGateway(fields: JsonObject, family: Family, report: Report): void {
  const field = `ipv${family}_gateway`;
  const gateway = fields[field];
  if (gateway === undefined || gateway === null) return;
  const address = typeof gateway === "string" ? parseAddressText(gateway) : undefined;
  if (address?.family === family) return;
  report({ kind: "bad-address", found: typeof gateway === "string" ? gateway : kindOfValue(gateway) }, field);
}
