import type { EndpointKey } from "#policy/endpoint.ts";
import { endpointKeyPath, POLICY_PREFIX } from "#policy/layout/policy-key.ts";

/** What the classic agent says of itself and of its endpoints (policy-model 5); other programs read it. */
export type ClassicStatus = {
  readonly host: string;
  /** ISO 8601 UTC. */
  readonly time: string;
  readonly uptimeSeconds: number;
  /** A whole snapshot was applied since the agent's start. */
  readonly isFirstUpdateDone: boolean;
  readonly endpoints: readonly EndpointStatus[];
};

export type EndpointStatus = { readonly key: EndpointKey; readonly status: "up" | "down" | "error" };

/** An agent writes it beside its own status. All methods throw StoreUnavailableError. */
export interface ClassicStatusStore {
  /**
   * Replaces what the host says: its status vanishes `ttlSeconds` after the last write or keep-alive, endpoints that are
   * not named lose their keys, and an endpoint's key is written only when it changes.
   */
  writeClassicStatus(status: ClassicStatus, ttlSeconds: number): Promise<void>;
  /** The agent is down; what it said of endpoints, and its last report, stay. */
  removeClassicStatus(host: string): Promise<void>;
}

const STATUS_PREFIX = "/calico/felix/v1/";

/** Under a lease: the key is gone when the agent is. */
export function classicStatusKey(host: string): string {
  return `${STATUS_PREFIX}host/${host}/status`;
}

/** The same value without a lease: when the agent was last heard of. */
export function lastReportKey(host: string): string {
  return `${STATUS_PREFIX}host/${host}/last_reported_status`;
}

/** All endpoints of the host lie under it. */
export function endpointStatusPrefix(host: string): string {
  return `${STATUS_PREFIX}host/${host}/workload/`;
}

/** The host's value as the classic agent writes it. */
export function classicHostValue({ time, uptimeSeconds, isFirstUpdateDone }: ClassicStatus): string {
  return JSON.stringify({ time, uptime: uptimeSeconds, first_update: isFirstUpdateDone });
}

const valuesByEndpoints = new WeakMap<ClassicStatus["endpoints"], ReadonlyMap<string, string>>();

/** The endpoints' keys with their values; the same value for the same endpoints. */
export function classicEndpointValues({ endpoints }: ClassicStatus): ReadonlyMap<string, string> {
  const known = valuesByEndpoints.get(endpoints);
  if (known !== undefined) return known;
  const values = new Map(
    endpoints.map(({ key, status }) => [
      endpointKeyPath(key).replace(POLICY_PREFIX, STATUS_PREFIX),
      JSON.stringify({ status }),
    ]),
  );
  valuesByEndpoints.set(endpoints, values);
  return values;
}
