import { parseAddress } from "#policy/address.ts";
import type { Issue, IssuePath } from "#policy/issue.ts";
import type { Family } from "#policy/rule.ts";
import { isJsonObject, type JsonObject, kindOfValue } from "#policy/rule-fields/json-object.ts";

/**
 * Issues in the fields of an endpoint that policy does not use but that void the whole value when they are wrong
 * (policy-model 1.5): labels, NAT maps, and the fields that belong to host endpoints only.
 */
export function endpointExtraIssues(fields: JsonObject): readonly Issue[] {
  return [...labelIssues(fields.labels), ...natIssues(fields, 4), ...natIssues(fields, 6), ...hostOnlyIssues(fields)];
}

function labelIssues(labels: unknown): readonly Issue[] {
  if (labels === undefined) return [];
  if (!isJsonObject(labels)) return [wrongType(labels, "an object of labels", ["labels"])];
  return Object.entries(labels).flatMap(([name, value]) =>
    typeof value === "string" ? [] : [wrongType(value, "a label value", ["labels", name])],
  );
}

function natIssues(fields: JsonObject, family: Family): readonly Issue[] {
  const field = `ipv${family}_nat`;
  const maps = fields[field];
  if (maps === undefined || maps === null) return [];
  if (!Array.isArray(maps)) return [wrongType(maps, "a list of NAT maps", [field])];
  return maps.flatMap((map: unknown, index) => {
    if (!isJsonObject(map)) return [wrongType(map, "a NAT map", [field, index])];
    return ["int_ip", "ext_ip"].flatMap((end) => natEndIssues(map[end], family, [field, index, end]));
  });
}

function natEndIssues(input: unknown, family: Family, path: IssuePath): readonly Issue[] {
  const address = typeof input === "string" ? parseAddress(input) : undefined;
  if (address?.ok && address.value.family === family) return [];
  return [{ kind: "bad-address", found: typeof input === "string" ? input : kindOfValue(input), path }];
}

function hostOnlyIssues(fields: JsonObject): readonly Issue[] {
  return ["expected_ipv4_addrs", "expected_ipv6_addrs"]
    .filter((key) => fields[key] !== undefined)
    .map((key) => ({ kind: "unknown-key", key, path: [key] }));
}

function wrongType(value: unknown, expected: string, path: IssuePath): Issue {
  return { kind: "wrong-type", found: kindOfValue(value), expected, path };
}
