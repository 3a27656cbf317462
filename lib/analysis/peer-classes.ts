import type { Policy } from "#analysis/policy-diagram.ts";
import type { PlacedNode } from "#analysis/reach-node.ts";
import { prepareRule } from "#policy/evaluation/match-rule.ts";
import type { Rule } from "#policy/rule.ts";
import type { Tag } from "#policy/tag.ts";

/** Peers that a policy cannot tell apart: the class of each, and one peer of each class. */
export type PeerClasses = { readonly classOf: Int32Array; readonly samples: readonly number[] };

/**
 * Sorts peers by what the policy's rules ask about the other end: its tags, and its address where a rule names a
 * network. Starts with one class and splits it once per tag that is asked about, by the peers that hold it.
 */
export function classifyPeers(policy: Policy, placed: readonly PlacedNode[]): PeerClasses {
  const asked = askedOfPeer(policy);
  const classOf = new Int32Array(placed.length);
  let classCount = 1;
  const split = (members: readonly number[]) => {
    const renamed = new Map<number, number>();
    for (const member of members) {
      const before = classOf[member] ?? 0;
      let after = renamed.get(before);
      if (after === undefined) {
        after = classCount;
        classCount += 1;
        renamed.set(before, after);
      }
      classOf[member] = after;
    }
  };
  for (const tag of asked.tags) split(holdersOf(placed).get(tag) ?? []);
  if (asked.hasNets) for (const [index, { node }] of placed.entries()) if (node.kind === "cidr") split([index]);
  return withSamples(classOf);
}

const holdersByNodes = new WeakMap<readonly PlacedNode[], ReadonlyMap<Tag, readonly number[]>>();

function holdersOf(placed: readonly PlacedNode[]): ReadonlyMap<Tag, readonly number[]> {
  const known = holdersByNodes.get(placed);
  if (known !== undefined) return known;
  const holders = new Map<Tag, number[]>();
  placed.forEach(({ tags }, index) => {
    for (const tag of tags) {
      const list = holders.get(tag);
      if (list === undefined) holders.set(tag, [index]);
      else list.push(index);
    }
  });
  holdersByNodes.set(placed, holders);
  return holders;
}

/** Numbers the classes that still have members by their first one, which is their sample. */
function withSamples(split: Int32Array): PeerClasses {
  const samples: number[] = [];
  const renumbered = new Map<number, number>();
  const classOf = split.map((before, peer) => {
    const known = renumbered.get(before);
    if (known !== undefined) return known;
    renumbered.set(before, samples.length);
    return samples.push(peer) - 1;
  });
  return { classOf, samples };
}

function askedOfPeer({ profiles, profileIds, direction }: Policy): {
  readonly tags: ReadonlySet<Tag>;
  readonly hasNets: boolean;
} {
  const tags = new Set<Tag>();
  let hasNets = false;
  for (const id of profileIds) {
    const leaf = profiles.get(id)?.rules;
    const rules: readonly Rule[] = leaf?.kind === "valid" ? leaf.value[direction] : [];
    for (const rule of rules) {
      const peer = prepareRule(rule).canonical[direction === "inbound" ? "src" : "dst"];
      for (const tag of [peer.tag, peer.notTag]) if (tag !== undefined) tags.add(tag);
      hasNets ||= peer.net !== undefined || peer.notNet !== undefined;
    }
  }
  return { tags, hasNets };
}
