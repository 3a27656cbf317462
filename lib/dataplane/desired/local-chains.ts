import { type DispatchEntry, dispatchChains } from "#dataplane/desired/chains/dispatch-chains.ts";
import { endpointChain } from "#dataplane/desired/chains/endpoint-chain.ts";
import type { LocalEndpoint } from "#dataplane/desired/local-endpoints.ts";
import { endpointChainName } from "#dataplane/desired/names/chain-names.ts";
import { lineStore } from "#dataplane/desired/rules/line-store.ts";
import type { Chain } from "#dataplane/desired/rules/rule-line.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Direction } from "#policy/rule.ts";

/** What follows from the node's endpoints alone, the same for both families. */
export type LocalChains = {
  /** The dispatch trees and the shared endpoint chains. */
  readonly chains: readonly Chain[];
  /** The profiles those chains jump to, without repeats. */
  readonly profileIds: readonly ProfileId[];
};

export const DIRECTIONS: readonly Direction[] = ["inbound", "outbound"];

/** Renders local chains; remembers lines, and the whole answer while the same endpoints are asked for. */
export function localChainRenderer(): (local: readonly LocalEndpoint[], acceptBit: number) => LocalChains {
  const store = lineStore();
  let last:
    | { readonly local: readonly LocalEndpoint[]; readonly acceptBit: number; readonly answer: LocalChains }
    | undefined;
  return (local, acceptBit) => {
    if (last?.local === local && last.acceptBit === acceptBit) return last.answer;
    const lists = distinctLists(local);
    const chains = DIRECTIONS.flatMap((direction) => [
      ...dispatchChains(dispatchEntries(local, direction), { direction, make: store.make }),
      ...lists.map((list) => endpointChain(list, direction, { acceptBit, make: store.make })),
    ]);
    store.endTurn();
    last = { local, acceptBit, answer: { chains, profileIds: [...new Set(lists.flat())] } };
    return last.answer;
  };
}

/** An endpoint without profiles has no entry: the dispatch tree's own drop says the same. */
function dispatchEntries(local: readonly LocalEndpoint[], direction: Direction): readonly DispatchEntry[] {
  const chainByList = new Map<string, string>();
  const chainOf = (ids: readonly ProfileId[]) => {
    const list = ids.join(" ");
    const chain = chainByList.get(list) ?? endpointChainName(ids, direction);
    chainByList.set(list, chain);
    return chain;
  };
  return local
    .filter(({ endpoint }) => endpoint.profileIds.length > 0)
    .map(({ name, endpoint }) => ({
      interfaceName: endpoint.name,
      endpoint: name,
      chain: chainOf(endpoint.profileIds),
      ...(endpoint.mac !== undefined && { mac: endpoint.mac }),
    }));
}

function distinctLists(local: readonly LocalEndpoint[]): readonly (readonly ProfileId[])[] {
  const lists = local.map(({ endpoint }) => endpoint.profileIds).filter((ids) => ids.length > 0);
  return [...new Map(lists.map((ids) => [ids.join(" "), ids])).values()];
}
