import type { Endpoint } from "#policy/endpoint.ts";
import { parseJsonText } from "#policy/json/parse-json-text.ts";
import { parseEndpoint } from "#policy/parse-endpoint.ts";
import type { Leaf } from "#policy/profile.ts";

/** Reads the text stored under an endpoint's key; never throws, and keeps the text of an invalid value. */
export function parseEndpointValue(text: string): Leaf<Endpoint> {
  const json = parseJsonText(text);
  if (!json.ok) return { kind: "invalid", text, issues: [{ ...json.error, path: [] }] };
  const endpoint = parseEndpoint(json.value);
  return endpoint.ok ? { kind: "valid", value: endpoint.value } : { kind: "invalid", text, issues: endpoint.error };
}

/** The text to store: every field as it was written, unknown ones included. */
export function formatEndpointValue(endpoint: Endpoint): string {
  return JSON.stringify(endpoint.stored);
}
