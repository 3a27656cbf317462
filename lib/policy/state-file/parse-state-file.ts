import type { EndpointKey } from "#policy/endpoint.ts";
import type { Issue, IssueFact, IssuePath } from "#policy/issue.ts";
import { parseJsonText } from "#policy/json/parse-json-text.ts";
import {
  configKey,
  endpointKeyPath,
  formatEndpointKey,
  hostIpKey,
  POLICY_PREFIX,
  parseEndpointKey,
  READY_KEY,
} from "#policy/layout/policy-key.ts";
import { fieldOf, isJsonObject, type JsonObject, kindOfValue } from "#policy/rule-fields/json-object.ts";
import type { StoredEntry } from "#policy/snapshot.ts";
import {
  DEFAULT_ORCHESTRATOR,
  generateInterfaceName,
  INVALID_MARK,
  KEY_FIELDS,
} from "#policy/state-file/state-keys.ts";

/** The keys a state file describes, and what in the file itself cannot be placed. */
export type StateFile = { readonly entries: readonly StoredEntry[]; readonly issues: readonly Issue[] };

const SECTIONS = ["hosts", "config", "profiles", "endpoints", "ready"] as const;

/** Entries of a file belong to no etcd revision; 0 would say that a key does not exist. */
const FILE_REVISION = 1;

type Reader = {
  readonly entries: StoredEntry[];
  readonly seen: Map<string, string>;
  readonly issues: Issue[];
};

/**
 * Reads a state file (cli.md) as the stored entries it describes. Values that are invalid in etcd stay invalid and are
 * no issue here; issues are what has no place in a store: text that is no JSON, unknown sections, unplaced endpoints.
 */
export function parseStateFile(text: string): StateFile {
  const json = parseJsonText(text);
  return json.ok ? parseStateValue(json.value) : { entries: [], issues: [{ ...json.error, path: [] }] };
}

/** Reads a decoded state file: a policy test's `given`. */
export function parseStateValue(value: unknown): StateFile {
  const reader: Reader = { entries: [], seen: new Map(), issues: [] };
  if (!isJsonObject(value)) {
    report(reader, { kind: "wrong-type", found: kindOfValue(value), expected: "a state object" }, []);
    return reader;
  }
  for (const key of Object.keys(value)) {
    if (!SECTIONS.some((section) => section === key)) report(reader, { kind: "unknown-key", key }, [key]);
  }
  readReady(reader, value);
  readConfig(reader, { config: fieldOf(value, "config"), path: ["config"] });
  for (const [name, host] of section(reader, value, "hosts")) readHost(reader, name, host);
  for (const [id, profile] of section(reader, value, "profiles")) readProfile(reader, id, profile);
  for (const [name, endpoint] of section(reader, value, "endpoints")) readEndpoint(reader, name, endpoint);
  const entries = reader.entries.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return { entries, issues: reader.issues };
}

function section(reader: Reader, state: JsonObject, key: "hosts" | "profiles" | "endpoints") {
  return members(reader, fieldOf(state, key), [key]);
}

function members(reader: Reader, value: unknown, path: IssuePath): readonly (readonly [string, unknown])[] {
  if (value === undefined) return [];
  if (isJsonObject(value)) return Object.entries(value);
  report(reader, { kind: "wrong-type", found: kindOfValue(value), expected: "an object" }, path);
  return [];
}

function readReady(reader: Reader, state: JsonObject): void {
  const ready = fieldOf(state, "ready");
  if (ready !== undefined) putText(reader, READY_KEY, { value: ready, path: ["ready"] });
}

function readConfig(
  reader: Reader,
  { config, path, host }: { readonly config: unknown; readonly path: IssuePath; readonly host?: string },
): void {
  for (const [name, value] of members(reader, config, path)) {
    if (value === null) continue;
    if (isSegment(reader, name, [...path, name])) {
      putText(reader, configKey(name, host), { value, path: [...path, name] });
    }
  }
}

function readHost(reader: Reader, name: string, value: unknown): void {
  const path = ["hosts", name];
  if (!isSegment(reader, name, path)) return;
  for (const [field, content] of members(reader, value, path)) {
    if (content === null) continue;
    if (field === "ip") putText(reader, hostIpKey(name), { value: content, path: [...path, field] });
    else if (field === "config") readConfig(reader, { config: content, path: [...path, field], host: name });
    else report(reader, { kind: "unknown-key", key: field }, [...path, field]);
  }
}

function readProfile(reader: Reader, id: string, value: unknown): void {
  const path = ["profiles", id];
  if (!isSegment(reader, id, path)) return;
  for (const [leaf, content] of members(reader, value, path)) {
    if (leaf !== "tags" && leaf !== "rules") report(reader, { kind: "unknown-key", key: leaf }, [...path, leaf]);
    else put(reader, `${POLICY_PREFIX}policy/profile/${id}/${leaf}`, storedText(content));
  }
}

function readEndpoint(reader: Reader, name: string, value: unknown): void {
  const path = ["endpoints", name];
  const key = readEndpointKey(reader, name, value);
  if (key === undefined) return;
  if (reader.seen.has(formatEndpointKey(key))) {
    report(reader, { kind: "duplicate-key", key: formatEndpointKey(key) }, path);
    return;
  }
  reader.seen.set(formatEndpointKey(key), name);
  put(reader, endpointKeyPath(key), isJsonObject(value) ? endpointText(key, value) : storedText(value));
}

function readEndpointKey(reader: Reader, name: string, value: unknown): EndpointKey | undefined {
  const path = ["endpoints", name];
  const named = parseEndpointKey(name);
  const fields = isJsonObject(value) ? value : {};
  const parts = KEY_FIELDS.map((field) => {
    const part = fieldOf(fields, field);
    if (part === undefined || (typeof part === "string" && part !== "" && !part.includes("/"))) return part;
    report(reader, { kind: "bad-name", what: "host name", found: String(part) }, [...path, field]);
    return undefined;
  });
  const [host, orchestrator, workload] = parts;
  if (named !== undefined) {
    const isSame = [named.host, named.orchestrator, named.workload].every(
      (part, index) => parts[index] === undefined || parts[index] === part,
    );
    if (isSame) return named;
    report(reader, { kind: "id-mismatch", found: parts.join("/"), expected: name }, path);
    return undefined;
  }
  if (name === "" || name.includes("/")) {
    report(reader, { kind: "bad-name", what: "endpoint id", found: name }, path);
    return undefined;
  }
  if (host === undefined) {
    report(reader, { kind: "missing-key", key: "host" }, path);
    return undefined;
  }
  return { host, orchestrator: orchestrator ?? DEFAULT_ORCHESTRATOR, workload: workload ?? name, endpoint: name };
}

/** The value as etcd would hold it: without the fields of its key, with an interface name, unusable when marked so. */
function endpointText(key: EndpointKey, value: JsonObject): string {
  const stored = Object.fromEntries(Object.entries(value).filter(([field]) => !KEY_FIELDS.includes(field)));
  const name = Object.hasOwn(value, "name") ? {} : { name: generateInterfaceName(key) };
  if (value[INVALID_MARK] !== true) return JSON.stringify({ ...stored, ...name });
  const state = { [INVALID_MARK]: Object.hasOwn(value, "state") ? [value.state] : [] };
  return JSON.stringify({ ...stored, ...name, state });
}

/** A JSON text stands for the raw text of a value that is no JSON or is itself a text; anything else for its JSON. */
function storedText(content: unknown): string {
  return typeof content === "string" ? content : JSON.stringify(content);
}

function putText(
  reader: Reader,
  key: string,
  { value, path }: { readonly value: unknown; readonly path: IssuePath },
): void {
  if (typeof value === "string") put(reader, key, value);
  else report(reader, { kind: "wrong-type", found: kindOfValue(value), expected: "a text" }, path);
}

function put(reader: Reader, key: string, value: string): void {
  reader.entries.push({ key, value, modRevision: FILE_REVISION });
}

/** A name that can be one segment of a key. */
function isSegment(reader: Reader, name: string, path: IssuePath): boolean {
  if (name !== "" && !name.includes("/")) return true;
  report(reader, { kind: "wrong-type", found: JSON.stringify(name), expected: "a name without slash" }, path);
  return false;
}

function report(reader: Reader, fact: IssueFact, path: IssuePath): void {
  reader.issues.push({ ...fact, path });
}
