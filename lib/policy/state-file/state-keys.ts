import type { EndpointKey } from "#policy/endpoint.ts";
import { formatEndpointKey, parseEndpointKey } from "#policy/layout/policy-key.ts";

/** What a state file takes for an endpoint it does not place: no orchestrator made it, and it is its own workload. */
export const DEFAULT_ORCHESTRATOR = "manual";

/** The fields of a state file's endpoint that belong to its key and not to its value. */
export const KEY_FIELDS: readonly string[] = ["host", "orchestrator", "workload"];

/** Fields beside `invalid: true`: an endpoint a test declares invalid though its fields are not (cli.md, State file). */
export const INVALID_MARK = "invalid";

/** The names endpoints have in a state file: their own where it is the only one, else the four-part key. */
export function stateEndpointNames(keys: readonly EndpointKey[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  for (const { endpoint } of keys) counts.set(endpoint, (counts.get(endpoint) ?? 0) + 1);
  return new Map(
    keys.map((key) => {
      const isPlain = counts.get(key.endpoint) === 1 && parseEndpointKey(key.endpoint) === undefined;
      return [formatEndpointKey(key), isPlain ? key.endpoint : formatEndpointKey(key)];
    }),
  );
}

/** An interface name for an endpoint that has none: the same for the same key, 15 characters, with the managed prefix. */
export function generateInterfaceName(key: EndpointKey): string {
  const text = formatEndpointKey(key);
  const digits = (hash(text, 0x811c9dc5) * 2 ** 21 + (hash(text, 0x9e3779b9) >>> 11)).toString(36);
  return `cali${digits.padStart(11, "0").slice(-11)}`;
}

/** FNV-1a over UTF-16 units; names only have to be unlikely to meet. */
function hash(text: string, seed: number): number {
  let state = seed;
  for (let index = 0; index < text.length; index += 1) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  }
  return state >>> 0;
}
