import type { InterfaceState } from "#agent/interface-states.ts";
import type { NodeProgress } from "#agent/reconciled-node.ts";
import type { EndpointEntry } from "#policy/endpoint.ts";
import { formatEndpointKey } from "#policy/layout/policy-key.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { ClassicStatus, EndpointStatus } from "#store/classic-status.ts";
import type { HostStatus } from "#store/node-status-store.ts";

/** What never changes while the agent runs. */
export type AgentIdentity = Pick<HostStatus, "host" | "version" | "backend" | "startedAt">;

/** What the status is made of. */
export type NodeFacts = {
  readonly identity: AgentIdentity;
  readonly progress: NodeProgress;
  /** Of the interfaces of enforced endpoints. */
  readonly interfaceStates: ReadonlyMap<string, InterfaceState>;
};

type EndpointState = HostStatus["endpoints"][string];

/** The status value for the store. An endpoint that is enforced but whose last change failed is in error. */
export function nodeStatus({ identity, progress, interfaceStates }: NodeFacts): HostStatus {
  const failure = progress.failure === undefined ? [] : [{ key: "kernel", reason: progress.failure }];
  const state = (name: string): EndpointState => (progress.failure ? "error" : (interfaceStates.get(name) ?? "down"));
  return {
    ...identity,
    appliedRevision: progress.appliedRevision,
    ...(progress.appliedAtMs !== undefined && { appliedAt: new Date(progress.appliedAtMs).toISOString() }),
    ...(progress.lagMs !== undefined && { lagMs: progress.lagMs }),
    inSync: progress.inSync,
    rejected: [...progress.rejected, ...failure],
    endpoints: Object.fromEntries([...progress.interfaces].sort().map((name) => [name, state(name)])),
  };
}

/** The same in the classic keys' words: of every endpoint of this host whether it is enforced and its interface up. */
export function classicStatus(facts: NodeFacts, now: Date): ClassicStatus {
  const { identity, progress } = facts;
  const rejected = new Set(progress.rejected.map(({ key }) => key));
  const own = progress.snapshot === undefined ? [] : ownEndpoints(progress.snapshot.endpoints, identity.host);
  return {
    host: identity.host,
    time: now.toISOString(),
    uptimeSeconds: (now.getTime() - Date.parse(identity.startedAt)) / 1000,
    isFirstUpdateDone: progress.snapshot !== undefined,
    endpoints: own.map(
      (entry): EndpointStatus => ({
        key: entry.key,
        status: rejected.has(formatEndpointKey(entry.key)) ? "error" : endpointState(entry, facts),
      }),
    ),
  };
}

const ownByEndpoints = new WeakMap<Snapshot["endpoints"], readonly EndpointEntry[]>();

/** This host's, looked for among those of all hosts only when any of them changed. */
function ownEndpoints(endpoints: Snapshot["endpoints"], host: string): readonly EndpointEntry[] {
  const own = ownByEndpoints.get(endpoints) ?? [...endpoints.values()].filter(({ key }) => key.host === host);
  ownByEndpoints.set(endpoints, own);
  return own;
}

/** Worst first, as the original: what is not there is down, what cannot be enforced is in error. */
function endpointState({ value }: EndpointEntry, { progress, interfaceStates }: NodeFacts): EndpointState {
  if (value.kind === "invalid") return "error";
  if (value.kind === "missing" || value.value.state !== "active") return "down";
  if (interfaceStates.get(value.value.name) !== "up") return "down";
  return progress.failure === undefined ? "up" : "error";
}
