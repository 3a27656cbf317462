import type { InterfaceState } from "#agent/interface-states.ts";
import type { NodeProgress } from "#agent/reconciled-node.ts";
import type { EndpointEntry, EndpointKey } from "#policy/endpoint.ts";
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
    ...(progress.waitingOrphans > 0 && { waitingOrphans: progress.waitingOrphans }),
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
    ...classicTime(facts, now),
    isFirstUpdateDone: progress.snapshot !== undefined,
    endpoints: own.map(
      (one): EndpointStatus => ({
        key: one.key,
        status: rejected.has(one.path) ? "error" : endpointState(one, facts),
      }),
    ),
  };
}

/** What of it changes by itself. */
export function classicTime({ identity }: NodeFacts, now: Date): Pick<ClassicStatus, "time" | "uptimeSeconds"> {
  const uptimeSeconds = (now.getTime() - Date.parse(identity.startedAt)) / 1000;
  return { time: now.toISOString(), uptimeSeconds };
}

type ActiveEndpoint = { readonly kind: "active"; readonly name: string };

/** What the classic status says of an endpoint, as far as it follows from its stored value. */
type OwnEndpoint = {
  readonly path: string;
  readonly key: EndpointKey;
  readonly stored: { readonly kind: "invalid" } | { readonly kind: "inactive" } | ActiveEndpoint;
};

const ownByEndpoints = new WeakMap<Snapshot["endpoints"], readonly OwnEndpoint[]>();

/** This host's, looked for among those of all hosts only when any of them changed. */
function ownEndpoints(endpoints: Snapshot["endpoints"], host: string): readonly OwnEndpoint[] {
  const known = ownByEndpoints.get(endpoints);
  if (known !== undefined) return known;
  const own: OwnEndpoint[] = [];
  for (const [path, entry] of endpoints) {
    if (path.startsWith(`${host}/`)) own.push({ path, key: entry.key, stored: storedState(entry.value) });
  }
  ownByEndpoints.set(endpoints, own);
  return own;
}

function storedState(value: EndpointEntry["value"]): OwnEndpoint["stored"] {
  if (value.kind === "invalid") return { kind: "invalid" };
  if (value.kind === "missing" || value.value.state !== "active") return { kind: "inactive" };
  return { kind: "active", name: value.value.name };
}

/** Worst first, as the original: what is not there is down, what cannot be enforced is in error. */
function endpointState({ stored }: OwnEndpoint, { progress, interfaceStates }: NodeFacts): EndpointState {
  if (stored.kind === "invalid") return "error";
  if (stored.kind === "inactive" || interfaceStates.get(stored.name) !== "up") return "down";
  return progress.failure === undefined ? "up" : "error";
}
