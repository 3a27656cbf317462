import { type DispatchEntry, dispatchChains } from "#dataplane/desired/chains/dispatch-chains.ts";
import { acceptChain, endpointChain } from "#dataplane/desired/chains/endpoint-chain.ts";
import { forwardChain, type Hook, hooks, inputChain, preroutingChain } from "#dataplane/desired/chains/frame-chains.ts";
import { profileChain } from "#dataplane/desired/chains/profile-chains.ts";
import { type LocalEndpoint, localEndpoints, type Rejected } from "#dataplane/desired/local-endpoints.ts";
import { endpointChainName } from "#dataplane/desired/names/chain-names.ts";
import type { NodeOptions } from "#dataplane/desired/node-options.ts";
import type { Chain } from "#dataplane/desired/rules/rule-line.ts";
import { type TagSets, tagSets } from "#dataplane/desired/tag-sets.ts";
import { type EndpointToHostAction, endpointToHostAction } from "#policy/default-endpoint-to-host.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Direction, Family } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { Tag } from "#policy/tag.ts";

export type TableName = "raw" | "filter";

/** What one table of one family should hold of ours. Chains are sorted by name. */
export type TablePolicy = {
  readonly table: TableName;
  readonly hooks: readonly Hook[];
  readonly chains: ReadonlyMap<string, Chain>;
};

export type FamilyPolicy = {
  readonly family: Family;
  readonly sets: TagSets;
  readonly tables: readonly TablePolicy[];
};

/** What this node should have: a value, a function of the snapshot and the node's options alone (I2). */
export type NodePolicy = {
  readonly revision: number;
  readonly maxSetSize: number;
  readonly families: readonly FamilyPolicy[];
  /** Interfaces of this host's endpoints that are enforced, sorted. */
  readonly interfaces: readonly string[];
  /** Objects that are closed because they cannot be enforced, sorted by key. */
  readonly rejected: readonly Rejected[];
};

/** Renders the whole node from a snapshot. */
export function nodePolicy(snapshot: Snapshot, options: NodeOptions): NodePolicy {
  const local = localEndpoints(snapshot, options);
  const action = endpointToHostAction(snapshot, options.host);
  return {
    revision: snapshot.revision,
    maxSetSize: options.maxSetSize,
    families: options.families.map((family) =>
      familyPolicy(snapshot, { ...options, family, action, local: local.enforced }),
    ),
    interfaces: local.enforced.map(({ endpoint }) => endpoint.name).sort(),
    rejected: [...local.rejected].sort((a, b) => (a.key < b.key ? -1 : 1)),
  };
}

type FamilyOptions = NodeOptions & {
  readonly family: Family;
  readonly action: EndpointToHostAction;
  readonly local: readonly LocalEndpoint[];
};

function familyPolicy(snapshot: Snapshot, options: FamilyOptions): FamilyPolicy {
  const frame = { ...options, endpointToHostAction: options.action };
  const filter = [
    forwardChain(frame),
    inputChain(frame),
    acceptChain(options.acceptBit),
    ...policyChains(snapshot, options),
  ];
  return {
    family: options.family,
    sets: tagSets(snapshot, namedTags(filter), options.family),
    tables: [
      { table: "raw", hooks: hooks("raw"), chains: byName([preroutingChain(frame)]) },
      { table: "filter", hooks: hooks("filter"), chains: byName(filter) },
    ],
  };
}

function policyChains(snapshot: Snapshot, options: FamilyOptions): readonly Chain[] {
  const lists = distinctLists(options.local);
  const ids = [...new Set(lists.flat())];
  return DIRECTIONS.flatMap((direction) => [
    ...dispatchChains(
      options.local.flatMap((endpoint) => dispatchEntry(endpoint, direction)),
      direction,
    ),
    ...lists.map((list) => endpointChain(list, direction, options.acceptBit)),
    ...ids.map((id) => profileChain(snapshot.profiles.get(id), id, { direction, family: options.family })),
  ]);
}

const DIRECTIONS: readonly Direction[] = ["inbound", "outbound"];

/** An endpoint without profiles has no entry: the dispatch tree's own drop says the same. */
function dispatchEntry({ name, endpoint }: LocalEndpoint, direction: Direction): readonly DispatchEntry[] {
  if (endpoint.profileIds.length === 0) return [];
  return [
    {
      interfaceName: endpoint.name,
      endpoint: name,
      chain: endpointChainName(endpoint.profileIds, direction),
      ...(endpoint.mac !== undefined && { mac: endpoint.mac }),
    },
  ];
}

function distinctLists(local: readonly LocalEndpoint[]): readonly (readonly ProfileId[])[] {
  const lists = local.map(({ endpoint }) => endpoint.profileIds).filter((ids) => ids.length > 0);
  return [...new Map(lists.map((ids) => [ids.join(" "), ids])).values()];
}

function namedTags(chains: readonly Chain[]): ReadonlySet<Tag> {
  return new Set(chains.flatMap(({ lines }) => lines.flatMap(({ uses }) => uses.map(({ tag }) => tag))));
}

function byName(chains: readonly Chain[]): ReadonlyMap<string, Chain> {
  return new Map([...chains].sort((a, b) => (a.name < b.name ? -1 : 1)).map((chain) => [chain.name, chain]));
}
