import { parseAddress } from "#policy/address.ts";
import { parseCidr } from "#policy/cidr.ts";
import type { Intent } from "#policy/intent/intent.ts";
import type { Issue } from "#policy/issue.ts";
import { parseJsonText } from "#policy/json/parse-json-text.ts";
import { isName } from "#policy/name.ts";
import type { Leaf } from "#policy/profile.ts";
import { isJsonObject, kindOfValue } from "#policy/rule-fields/json-object.ts";
import { parseTraffic } from "#policy/traffic.ts";
import { err, ok, type Result } from "#prelude/result.ts";

const KEYS: ReadonlySet<string> = new Set([
  ...["must", "from", "to"],
  ...["ip_version", "protocol", "dst_ports", "icmp_type", "icmp_code"],
]);
const MAX_PLACE = 1_000;
const PLACE = "profile:ID, endpoint:NAME, host:NAME, world, an address or a CIDR";

/** Reads the text of an intent's key. */
export function parseIntentValue(text: string): Leaf<Intent> {
  const json = parseJsonText(text);
  const intent = json.ok ? parseIntent(json.value) : err([{ ...json.error, path: [] }]);
  return intent.ok ? { kind: "valid", value: intent.value } : { kind: "invalid", text, issues: intent.error };
}

/** Writes the text of an intent's key: one line, keys in a fixed order. */
export function formatIntentValue({ must, from, to, traffic }: Intent): string {
  const { ip_version, protocol, dst_ports, icmp_type, icmp_code } = traffic;
  return JSON.stringify({ must, from, to, ip_version, protocol, dst_ports, icmp_type, icmp_code });
}

/** Accepts an intent; a strict door: unknown keys, bare names and what no rule could say are refused, all at once. */
export function parseIntent(value: unknown): Result<Intent, readonly Issue[]> {
  if (!isJsonObject(value)) {
    return err([{ kind: "wrong-type", found: kindOfValue(value), expected: "an object", path: [] }]);
  }
  const { must, from, to } = value;
  const issues: Issue[] = Object.keys(value)
    .filter((key) => !KEYS.has(key))
    .map((key) => ({ kind: "unknown-key", key, path: [key] }));
  if (must !== "reach" && must !== "not-reach") {
    issues.push({ kind: "wrong-type", found: textOf(must), expected: '"reach" or "not-reach"', path: ["must"] });
  }
  for (const [key, place] of [["from", from] as const, ["to", to] as const]) {
    if (!isPlace(place)) issues.push({ kind: "wrong-type", found: textOf(place), expected: PLACE, path: [key] });
  }
  const traffic = parseTraffic(value);
  if (!traffic.ok) issues.push(...traffic.error);
  const isWhole = (must === "reach" || must === "not-reach") && isPlace(from) && isPlace(to);
  return issues.length === 0 && isWhole && traffic.ok ? ok({ must, from, to, traffic: traffic.value }) : err(issues);
}

/** True for a place whose meaning does not depend on what else is stored. */
function isPlace(value: unknown): value is string {
  if (typeof value !== "string" || value.length > MAX_PLACE) return false;
  if (value === "world") return true;
  const [kind, name] = [value.slice(0, value.indexOf(":") + 1), value.slice(value.indexOf(":") + 1)];
  if (kind === "profile:") return isName(name);
  if (kind === "host:" || kind === "endpoint:") return name !== "";
  return parseAddress(value).ok || (value.includes("/") && parseCidr(value).ok);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : kindOfValue(value);
}
