import type { ReachNode } from "#analysis/reach/reach-node.ts";
import type { Reachability } from "#analysis/reach/reachability.ts";
import { effectBetween } from "#components/reach/reach-effect.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { DraftEffect } from "../draft-effect.ts";

/**
 * What opens and closes between two answers that differ in one profile only. No other pair can have changed: a profile's
 * rules decide about its own packets, and its tags are asked about where it is the other end.
 */
export function profileEffect(before: Reachability, after: Reachability, id: ProfileId): DraftEffect {
  return effectBetween(pairsWith(before, id), pairsWith(after, id));
}

/** The answer with only the pairs that have the profile at one end. */
function pairsWith(reach: Reachability, id: ProfileId): Reachability {
  const at = reach.nodes.findIndex((node: ReachNode) => node.kind === "profile" && node.id === id);
  return { ...reach, relation: (from, to) => (from === at || to === at ? reach.relation(from, to) : undefined) };
}
