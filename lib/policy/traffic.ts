import type { Issue, IssuePath } from "#policy/issue.ts";
import { parseStrictRule } from "#policy/parse-strict-rule.ts";
import type { Family, Rule } from "#policy/rule.ts";
import { isJsonObject, kindOfValue } from "#policy/rule-fields/json-object.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/**
 * What a question or an intent is about: the fields of a rule that say which connections, never who. Without any field
 * it is every connection. Plain JSON, spelled as a stored rule spells it.
 */
export type Traffic = {
  readonly ip_version?: Family;
  readonly protocol?: string | number;
  readonly dst_ports?: readonly (number | string)[];
  readonly icmp_type?: number;
  readonly icmp_code?: number;
};

const FIELDS = ["ip_version", "protocol", "dst_ports", "icmp_type", "icmp_code"] as const;

/** Accepts traffic as our doors accept a rule; unknown fields are the caller's to judge. */
export function parseTraffic(value: unknown, path: IssuePath = []): Result<Traffic, readonly Issue[]> {
  if (!isJsonObject(value))
    return err([{ kind: "wrong-type", found: kindOfValue(value), expected: "an object", path }]);
  const given = FIELDS.filter((field) => value[field] !== undefined).map((field) => [field, value[field]] as const);
  const rule = parseStrictRule({ action: "allow", ...Object.fromEntries(given) }, path);
  if (!rule.ok) return rule;
  return ok(Object.fromEntries(given.filter(([, each]) => each !== null)) as Traffic);
}

/** A rule that allows the traffic, whoever is at its ends: how everything that judges rules reads it. */
export function trafficRule(traffic: Traffic): Rule {
  const rule = parseStrictRule({ action: "allow", ...traffic });
  if (!rule.ok) throw new Error("traffic is parsed before it is asked about");
  return rule.value;
}
