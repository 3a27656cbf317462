import type { Endpoint, EndpointEntry, EndpointKey } from "#policy/endpoint.ts";
import { parseEndpointValue } from "#policy/endpoint-value.ts";
import { parseEndpointKey } from "#policy/layout/policy-key.ts";
import { rememberByText } from "#policy/layout/remember-text.ts";
import { isName } from "#policy/name.ts";
import type { Leaf } from "#policy/profile.ts";

/**
 * Makes a snapshot's entry of an endpoint's path (formatEndpointKey) and the text stored under its key. It may answer the
 * entry there was `before` when that says the same.
 */
export type EndpointReader = (path: string, text: string, before?: EndpointEntry) => EndpointEntry;

const readRemembered = rememberByText(parseEndpointValue);

/** Parsed once and kept: for who looks at endpoints again and again. */
export const keptEndpoint: EndpointReader = (path, text) => {
  const key = endpointKey(path);
  return { key, value: endpointLeaf(key, text, readRemembered) };
};

/**
 * Kept as text and parsed whenever it is looked at: for who looks once at a hundred thousand. A seventh of the memory;
 * the value is another object each time.
 */
export const endpointOnDemand: EndpointReader = (path, text, before) =>
  before instanceof EndpointOnDemand && before.saysTheSame(path, text) ? before : new EndpointOnDemand(path, text);

class EndpointOnDemand implements EndpointEntry {
  readonly #path: string;
  readonly #text: string;

  constructor(path: string, text: string) {
    this.#path = path;
    this.#text = text;
  }

  saysTheSame(path: string, text: string): boolean {
    return path === this.#path && text === this.#text;
  }

  get key(): EndpointKey {
    return endpointKey(this.#path);
  }

  get value(): Leaf<Endpoint> {
    return endpointLeaf(this.key, this.#text, parseEndpointValue);
  }
}

function endpointKey(path: string): EndpointKey {
  const key = parseEndpointKey(path);
  if (key === undefined) throw new Error(`${path} is no endpoint's path`);
  return key;
}

function endpointLeaf(key: EndpointKey, text: string, read: (text: string) => Leaf<Endpoint>): Leaf<Endpoint> {
  const value = read(text);
  if (isName(key.endpoint)) return value;
  const issues = value.kind === "invalid" ? value.issues : [];
  return {
    kind: "invalid",
    text,
    issues: [{ kind: "bad-name", what: "endpoint id", found: key.endpoint, path: [] }, ...issues],
  };
}
