import type { EndpointEntry } from "#policy/endpoint.ts";
import { parseJsonText } from "#policy/json/parse-json-text.ts";
import { formatEndpointKey } from "#policy/layout/policy-key.ts";
import type { Leaf, Profile } from "#policy/profile.ts";
import { isJsonObject, type JsonObject } from "#policy/rule-fields/json-object.ts";
import { formatRulesValue } from "#policy/rules-value.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { INVALID_MARK, KEY_FIELDS, stateEndpointNames } from "#policy/state-file/state-keys.ts";

/** Writes the whole state as one file (cli.md); reading it back gives the same snapshot, invalid values included. */
export function formatStateFile(snapshot: Snapshot): string {
  return `${JSON.stringify(stateValue(snapshot), undefined, 2)}\n`;
}

/** The state file as a value, in the order people read it. */
export function stateValue(snapshot: Snapshot): JsonObject {
  const names = stateEndpointNames([...snapshot.endpoints.values()].map(({ key }) => key));
  return {
    ...(snapshot.ready === undefined ? {} : { ready: snapshot.ready }),
    hosts: objectFrom(snapshot.hosts, ({ ip, config }) => ({
      ...(ip === undefined ? {} : { ip }),
      ...(config.size === 0 ? {} : { config: objectFrom(config, (value) => value) }),
    })),
    config: objectFrom(snapshot.config, (value) => value),
    profiles: objectFrom(snapshot.profiles, profileValue),
    endpoints: Object.fromEntries(
      [...snapshot.endpoints].map(([key, entry]) => {
        const name = names.get(key) ?? key;
        const value = endpointValue(entry);
        // Raw text has no field to say its host, so the key must.
        return [isJsonObject(value) ? name : formatEndpointKey(entry.key), value];
      }),
    ),
  };
}

function profileValue({ tags, rules }: Profile): JsonObject {
  return {
    ...(tags.kind === "missing" ? {} : { tags: leafValue(tags, (value) => value) }),
    ...(rules.kind === "missing" ? {} : { rules: leafValue(rules, (value) => JSON.parse(formatRulesValue(value))) }),
  };
}

function leafValue<T>(leaf: Exclude<Leaf<T>, { kind: "missing" }>, toJson: (value: T) => unknown): unknown {
  return leaf.kind === "valid" ? toJson(leaf.value) : rawValue(leaf.text);
}

/** An invalid value as the JSON it is, or as its text where it is no JSON (or a JSON text, which would read as that). */
function rawValue(text: string): unknown {
  const json = parseJsonText(text);
  return json.ok && typeof json.value !== "string" ? json.value : text;
}

function endpointValue({ key, value }: EndpointEntry): unknown {
  if (value.kind === "missing") return {};
  const stored: unknown = value.kind === "valid" ? value.value.stored : rawValue(value.text);
  if (!isJsonObject(stored)) return typeof stored === "string" ? stored : JSON.stringify(stored);
  const { host, orchestrator, workload } = key;
  const fields = withoutMark(stored);
  return fields === undefined ? JSON.stringify(stored) : { host, orchestrator, workload, ...fields };
}

/**
 * Undoes what parse-state-file.ts does to an endpoint that a test declares invalid. `undefined` for a value that would
 * be read as another one, and so can only be kept as text: with a foreign field that a state file uses for itself, or
 * without the interface name that it would be given.
 */
function withoutMark(stored: JsonObject): JsonObject | undefined {
  const { state, ...others } = stored;
  if (KEY_FIELDS.some((field) => Object.hasOwn(stored, field)) || !Object.hasOwn(stored, "name")) return undefined;
  if (stored[INVALID_MARK] !== true) return stored;
  const wrapped = isJsonObject(state) ? state[INVALID_MARK] : undefined;
  if (!Array.isArray(wrapped)) return undefined;
  return wrapped.length === 0 ? others : { state: wrapped[0], ...others };
}

function objectFrom<V>(map: ReadonlyMap<string, V>, toJson: (value: V) => unknown): JsonObject {
  return Object.fromEntries([...map].map(([key, value]) => [key, toJson(value)]));
}
