import { type ConnectionSet, EVERYTHING, equals, intersect } from "#analysis/connections/connection-set.ts";
import { type EndFacts, policyDiagram } from "#analysis/connections/policy-diagram.ts";
import { distinctNets, factsAt, type PlacedNode } from "#analysis/reach/reach-node.ts";
import type { Direction } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";

/** If this end's address lies in the network, the pair allows this instead. */
export type AddressDependency = {
  readonly end: "from" | "to";
  readonly cidr: string;
  readonly allowed: ConnectionSet;
};

type Pair = { readonly from: PlacedNode<unknown>; readonly to: PlacedNode<unknown> };

/**
 * The named networks that change what a pair allows when a profile's endpoint has its address there (a profile's address
 * is not known). One end at a time, wider networks before narrower ones; empty for most pairs.
 */
export function addressDependencies(
  snapshot: Snapshot,
  from: PlacedNode<unknown> | undefined,
  to: PlacedNode<unknown> | undefined,
): readonly AddressDependency[] {
  if (from === undefined || to === undefined) return [];
  const nets = distinctNets(snapshot);
  const usual = allowedBetween(snapshot, { from, to }, { src: from.facts, dst: to.facts });
  return (["from", "to"] as const).flatMap((end) => {
    const placed = end === "from" ? from : to;
    if (placed.profileIds === undefined) return [];
    return nets.flatMap((net) => {
      const facts = factsAt(placed, net, nets);
      const ends = end === "from" ? { src: facts, dst: to.facts } : { src: from.facts, dst: facts };
      const allowed = allowedBetween(snapshot, { from, to }, ends);
      return equals(allowed, usual) ? [] : [{ end, cidr: net.text, allowed }];
    });
  });
}

function allowedBetween(
  snapshot: Snapshot,
  { from, to }: Pair,
  ends: { readonly src: EndFacts; readonly dst: EndFacts },
): ConnectionSet {
  const sideOf = ({ profileIds }: PlacedNode<unknown>, direction: Direction) =>
    profileIds === undefined
      ? EVERYTHING
      : policyDiagram(
          { profiles: snapshot.profiles, profileIds, direction },
          ends,
          ({ verdict }) => verdict === "allow",
        );
  return intersect(sideOf(from, "outbound"), sideOf(to, "inbound"));
}
