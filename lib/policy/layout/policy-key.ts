import type { EndpointKey } from "#policy/endpoint.ts";
import { isName } from "#policy/name.ts";
import type { ProfileId } from "#policy/profile-id.ts";

/** The part of etcd's key space this model reads (policy-model 1.1). */
export const POLICY_PREFIX = "/calico/v1/";

/** Where comments and parked rules are stored: our own part of the key space, which no node reads. */
export const SIDECAR_PREFIX = "/tortie/v1/sidecar/profile/";

/** What a key under `/calico/v1/` holds, or one beside a profile; keys the model does not read have no PolicyKey. */
export type PolicyKey =
  | { readonly kind: "ready" }
  | { readonly kind: "config"; readonly name: string }
  | { readonly kind: "host-config"; readonly host: string; readonly name: string }
  | { readonly kind: "host-ip"; readonly host: string }
  | { readonly kind: "endpoint"; readonly key: EndpointKey }
  | { readonly kind: "profile-tags"; readonly id: ProfileId }
  | { readonly kind: "profile-rules"; readonly id: ProfileId }
  | { readonly kind: "profile-sidecar"; readonly id: ProfileId }
  /** A profile key whose id no endpoint can name: shown as a problem, never enforced. */
  | { readonly kind: "bad-profile-id"; readonly found: string };

/** Reads one etcd key; `undefined` for a key outside the model (labels, tiers, address pools, other programs'). */
export function parsePolicyKey(key: string): PolicyKey | undefined {
  if (key.startsWith(SIDECAR_PREFIX)) return parseSidecarKey(key.slice(SIDECAR_PREFIX.length));
  if (!key.startsWith(POLICY_PREFIX)) return undefined;
  const parts = key.slice(POLICY_PREFIX.length).split("/");
  if (parts.includes("")) return undefined;
  switch (parts[0]) {
    case "Ready":
      return parts.length === 1 ? { kind: "ready" } : undefined;
    case "config":
      return parts.length === 2 && parts[1] !== undefined ? { kind: "config", name: parts[1] } : undefined;
    case "host":
      return parseHostKey(parts);
    case "policy":
      return parseProfileKey(parts);
    default:
      return undefined;
  }
}

function parseHostKey(parts: readonly string[]): PolicyKey | undefined {
  const [, host, second, third, workload, endpointWord, endpoint] = parts;
  if (host === undefined) return undefined;
  if (parts.length === 3 && second === "bird_ip") return { kind: "host-ip", host };
  if (third === undefined) return undefined;
  if (parts.length === 4 && second === "config") return { kind: "host-config", host, name: third };
  if (parts.length !== 7 || second !== "workload" || endpointWord !== "endpoint") return undefined;
  if (workload === undefined || endpoint === undefined) return undefined;
  return { kind: "endpoint", key: { host, orchestrator: third, workload, endpoint } };
}

function parseProfileKey(parts: readonly string[]): PolicyKey | undefined {
  const [, area, id, leaf] = parts;
  if (parts.length !== 4 || area !== "profile" || id === undefined) return undefined;
  if (leaf !== "tags" && leaf !== "rules") return undefined;
  if (!isName(id)) return { kind: "bad-profile-id", found: id };
  return { kind: leaf === "tags" ? "profile-tags" : "profile-rules", id: id as ProfileId };
}

function parseSidecarKey(id: string): PolicyKey | undefined {
  return isName(id) ? { kind: "profile-sidecar", id: id as ProfileId } : undefined;
}

/** Where a profile's tags value is stored. */
export function profileTagsKey(id: ProfileId): string {
  return `${POLICY_PREFIX}policy/profile/${id}/tags`;
}

/** Where a profile's rules value is stored. */
export function profileRulesKey(id: ProfileId): string {
  return `${POLICY_PREFIX}policy/profile/${id}/rules`;
}

/** Where what is kept beside a profile's rules is stored. */
export function profileSidecarKey(id: ProfileId): string {
  return `${SIDECAR_PREFIX}${id}`;
}

/** Where an endpoint's value is stored. */
export function endpointKeyPath(key: EndpointKey): string {
  const { host, orchestrator, workload, endpoint } = key;
  return `${POLICY_PREFIX}host/${host}/workload/${orchestrator}/${workload}/endpoint/${endpoint}`;
}

/** Where a host's IPv4 address is stored. */
export function hostIpKey(host: string): string {
  return `${POLICY_PREFIX}host/${host}/bird_ip`;
}

/** Where a setting is stored: for one host when it is given, else for all. */
export function configKey(name: string, host?: string): string {
  return host === undefined ? `${POLICY_PREFIX}config/${name}` : `${POLICY_PREFIX}host/${host}/config/${name}`;
}

/** Where the ready flag is stored. */
export const READY_KEY = `${POLICY_PREFIX}Ready`;

/** `host/orchestrator/workload/endpoint`: how a snapshot keys its endpoints and a person names one among namesakes. */
export function formatEndpointKey(key: EndpointKey): string {
  // Joined, the text is one piece: the engine would keep a template's parts, and the key they were cut from.
  return [key.host, key.orchestrator, key.workload, key.endpoint].join("/");
}

/** The reverse of formatEndpointKey; `undefined` unless there are exactly four non-empty parts. */
export function parseEndpointKey(text: string): EndpointKey | undefined {
  const [host, orchestrator, workload, endpoint, ...rest] = text.split("/");
  if (!host || !orchestrator || !workload || !endpoint || rest.length > 0) return undefined;
  return { host, orchestrator, workload, endpoint };
}
