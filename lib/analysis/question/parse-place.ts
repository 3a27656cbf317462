import { parseAddress } from "#policy/address.ts";
import { parseCidr } from "#policy/cidr.ts";
import { parseEndpointKey } from "#policy/layout/policy-key.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Cidr } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/** One end of a question as a person names it (cli.md, PLACE), found in a snapshot. */
export type AskedPlace =
  | { readonly kind: "endpoint"; readonly name: string }
  | { readonly kind: "profile"; readonly id: string }
  | { readonly kind: "host"; readonly name: string }
  | { readonly kind: "world" }
  | { readonly kind: "address"; readonly address: string }
  | { readonly kind: "cidr"; readonly cidr: Cidr };

/** Why a place cannot be asked about; worded by describe-place-problem.ts. */
export type PlaceProblem =
  | { readonly kind: "empty-place" }
  | { readonly kind: "unknown-endpoint"; readonly name: string }
  | { readonly kind: "ambiguous-endpoint"; readonly name: string; readonly keys: readonly string[] }
  | { readonly kind: "unknown-profile"; readonly id: string }
  | { readonly kind: "unknown-host"; readonly name: string }
  | { readonly kind: "unknown-place"; readonly text: string };

/** Reads `endpoint:NAME`, `profile:ID`, `host:NAME`, `world`, an address, a CIDR, or the bare name of an endpoint or profile. */
export function parsePlace(text: string, snapshot: Snapshot): Result<AskedPlace, PlaceProblem> {
  if (text === "") return err({ kind: "empty-place" });
  const colon = text.indexOf(":");
  const name = text.slice(colon + 1);
  switch (text.slice(0, Math.max(colon, 0))) {
    case "endpoint":
      return findEndpoint(name, snapshot) ?? err({ kind: "unknown-endpoint", name });
    case "profile":
      return findProfile(name, snapshot) ?? err({ kind: "unknown-profile", id: name });
    case "host":
      return findHost(name, snapshot) ?? err({ kind: "unknown-host", name });
    default:
      return parseBareWord(text, snapshot);
  }
}

/** What can only be one thing comes before names: an endpoint called `world` is asked about as `endpoint:world`. */
function parseBareWord(text: string, snapshot: Snapshot): Result<AskedPlace, PlaceProblem> {
  if (text === "world") return ok({ kind: "world" });
  const address = parseAddress(text);
  if (address.ok) return ok({ kind: "address", address: address.value.text });
  const cidr = text.includes("/") ? parseCidr(text) : undefined;
  if (cidr?.ok) return ok(placeOfCidr(cidr.value));
  return findEndpoint(text, snapshot) ?? findProfile(text, snapshot) ?? err({ kind: "unknown-place", text });
}

/** A network of one address is that address. */
function placeOfCidr(cidr: Cidr): AskedPlace {
  const isAddress = cidr.prefix === (cidr.family === 4 ? 32 : 128);
  return isAddress ? { kind: "address", address: cidr.text.slice(0, cidr.text.indexOf("/")) } : { kind: "cidr", cidr };
}

function findEndpoint(name: string, snapshot: Snapshot): Result<AskedPlace, PlaceProblem> | undefined {
  if (parseEndpointKey(name) !== undefined && snapshot.endpoints.has(name)) return ok({ kind: "endpoint", name });
  const keys = [...snapshot.endpoints].filter(([, { key }]) => key.endpoint === name).map(([key]) => key);
  if (keys.length > 1) return err({ kind: "ambiguous-endpoint", name, keys });
  const [key] = keys;
  return key === undefined ? undefined : ok({ kind: "endpoint", name: key });
}

function findProfile(id: string, snapshot: Snapshot): Result<AskedPlace, PlaceProblem> | undefined {
  return snapshot.profiles.has(id as ProfileId) ? ok({ kind: "profile", id }) : undefined;
}

/** A host is known by its address, its settings or its endpoints. */
function findHost(name: string, snapshot: Snapshot): Result<AskedPlace, PlaceProblem> | undefined {
  const isKnown = snapshot.hosts.has(name) || [...snapshot.endpoints.values()].some(({ key }) => key.host === name);
  return isKnown ? ok({ kind: "host", name }) : undefined;
}
