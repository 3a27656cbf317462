import { type FrameOptions, type Hook, hooks, preroutingChain } from "#dataplane/desired/chains/frame-chains.ts";
import { type WallTable, wallTables } from "#dataplane/desired/chains/wall-tables.ts";
import { chainsByName, filterRenderer } from "#dataplane/desired/filter-chains.ts";
import { localChainRenderer } from "#dataplane/desired/local-chains.ts";
import { type LocalEndpoints, localEndpoints, type Rejected } from "#dataplane/desired/local-endpoints.ts";
import type { NodeOptions } from "#dataplane/desired/node-options.ts";
import { withoutOversized } from "#dataplane/desired/oversized-sets.ts";
import { profileAddresses } from "#dataplane/desired/profile-addresses.ts";
import type { Chain } from "#dataplane/desired/rules/rule-line.ts";
import { type TagSets, tagSetRenderer } from "#dataplane/desired/tag-sets.ts";
import { endpointToHostAction } from "#policy/default-endpoint-to-host.ts";
import { keysWritten } from "#policy/layout/sorted-map-draft.ts";
import type { Family } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";

export type TableName = "raw" | "filter";

/** What one table of one family should hold of ours. Chains are sorted by name. */
export type TablePolicy = {
  readonly table: TableName;
  readonly hooks: readonly Hook[];
  readonly chains: ReadonlyMap<string, Chain>;
  /** Names of chains that are left alone although nothing needs them. */
  readonly heldChains?: ReadonlySet<string>;
};

export type FamilyPolicy = {
  readonly family: Family;
  readonly sets: TagSets;
  readonly tables: readonly TablePolicy[];
  /** What stands in the tables' place when the kernel refuses the frame: the first it takes closes the family. */
  readonly walls: readonly WallTable[];
  /** Names of sets that are left alone although nothing needs them. */
  readonly heldSets?: ReadonlySet<string>;
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

/** Renders nodes; successive snapshots cost what changed between them, and give what a fresh renderer would give. */
export type NodeRenderer = (snapshot: Snapshot, options: NodeOptions) => NodePolicy;

/** Renders the whole node from a snapshot. */
export function nodePolicy(snapshot: Snapshot, options: NodeOptions): NodePolicy {
  return nodeRenderer()(snapshot, options);
}

/** A renderer that remembers what it rendered last. */
export function nodeRenderer(): NodeRenderer {
  const localOf = localEndpointsOnce();
  const renderLocal = localChainRenderer();
  const addresses = profileAddresses();
  const renderSets = { 4: tagSetRenderer(4), 6: tagSetRenderer(6) };
  const renderFilter = { 4: filterRenderer(), 6: filterRenderer() };
  const renderFixed = { 4: fixedPartsOnce(), 6: fixedPartsOnce() };
  const interfacesOf = sortedInterfacesOnce();
  return (snapshot, options) => {
    const local = localOf(snapshot, options);
    const chains = renderLocal(local.enforced, options.acceptBit);
    const action = endpointToHostAction(snapshot, options.host);
    const changed = addresses.follow(snapshot.endpoints);
    const families = options.families.map((family) => {
      const frame = { family, interfacePrefixes: options.interfacePrefixes, endpointToHostAction: action };
      const filter = renderFilter[family](snapshot, chains, { ...frame, acceptBit: options.acceptBit });
      const sets = renderSets[family](snapshot, filter.tags, { addresses, changed: changed[family] });
      return { frame, ...withoutOversized(filter.chains, sets, options.maxSetSize) };
    });
    const oversized = families.flatMap((one) => one.oversized);
    return {
      revision: snapshot.revision,
      maxSetSize: options.maxSetSize,
      families: families.map(({ frame, filter, sets }) => {
        const { raw, filterHooks, walls } = renderFixed[frame.family](frame);
        const tables = [raw, { table: "filter", hooks: filterHooks, chains: filter } as const];
        return { family: frame.family, sets, tables, walls };
      }),
      interfaces: interfacesOf(local),
      rejected: [...local.rejected, ...oversized].sort((a, b) => (a.key < b.key ? -1 : 1)),
    };
  };
}

type FixedParts = {
  readonly raw: TablePolicy;
  readonly filterHooks: readonly Hook[];
  readonly walls: readonly WallTable[];
};

/** What follows from the frame alone, made again only when that changed. */
function fixedPartsOnce(): (frame: FrameOptions) => FixedParts {
  let last: { readonly frame: string; readonly parts: FixedParts } | undefined;
  return (frame) => {
    const text = JSON.stringify(frame);
    if (last?.frame === text) return last.parts;
    const raw = { table: "raw", hooks: hooks("raw"), chains: chainsByName([preroutingChain(frame)]) } as const;
    last = { frame: text, parts: { raw, filterHooks: hooks("filter"), walls: wallTables(frame.interfacePrefixes) } };
    return last.parts;
  };
}

/** The node's endpoints, asked for again only when endpoints or options changed. */
function localEndpointsOnce(): (snapshot: Snapshot, options: NodeOptions) => LocalEndpoints {
  let last:
    | { readonly endpoints: Snapshot["endpoints"]; readonly options: string; readonly answer: LocalEndpoints }
    | undefined;
  return (snapshot, options) => {
    const key = JSON.stringify(options);
    if (last?.options === key && isUntouched(last.endpoints, snapshot.endpoints, options.host)) {
      last = { ...last, endpoints: snapshot.endpoints };
      return last.answer;
    }
    last = { endpoints: snapshot.endpoints, options: key, answer: localEndpoints(snapshot, options) };
    return last.answer;
  };
}

/** No endpoint of this host differs, as far as that is known without looking at each. */
function isUntouched(before: Snapshot["endpoints"], after: Snapshot["endpoints"], host: string): boolean {
  if (before === after) return true;
  const written = keysWritten(before, after);
  return written !== undefined && [...written].every((path) => !path.startsWith(`${host}/`));
}

function sortedInterfacesOnce(): (local: LocalEndpoints) => readonly string[] {
  let last: { readonly local: LocalEndpoints; readonly names: readonly string[] } | undefined;
  return (local) => {
    if (last?.local !== local) last = { local, names: local.enforced.map(({ endpoint }) => endpoint.name).sort() };
    return last.names;
  };
}
