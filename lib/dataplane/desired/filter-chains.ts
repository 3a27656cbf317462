import { acceptChain } from "#dataplane/desired/chains/endpoint-chain.ts";
import { type FrameOptions, forwardChain, inputChain } from "#dataplane/desired/chains/frame-chains.ts";
import { profileChain } from "#dataplane/desired/chains/profile-chains.ts";
import { DIRECTIONS, type LocalChains } from "#dataplane/desired/local-chains.ts";
import { namedTags, tagsOf } from "#dataplane/desired/oversized-sets.ts";
import type { Chain } from "#dataplane/desired/rules/rule-line.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { Tag } from "#policy/tag.ts";

/** The filter table's chains, sorted by name, and the tags whose sets they name. */
export type FilterChains = { readonly chains: ReadonlyMap<string, Chain>; readonly tags: ReadonlySet<Tag> };

type Frame = FrameOptions & { readonly acceptBit: number };

/**
 * Renders the filter table of one family. While the same endpoints and frame are asked for, only profiles that changed are
 * rendered, and what did not change is the same value as before.
 */
export function filterRenderer(): (snapshot: Snapshot, local: LocalChains, frame: Frame) => FilterChains {
  let last:
    | (FilterChains & { readonly snapshot: Snapshot; readonly local: LocalChains; readonly frame: string })
    | undefined;
  return (snapshot, local, frame) => {
    const frameText = JSON.stringify(frame);
    const next =
      last?.local === local && last.frame === frameText
        ? changedChains(last, snapshot, { local, frame })
        : allChains(snapshot, local, frame);
    last = { ...next, snapshot, local, frame: frameText };
    return next;
  };
}

/** Chains by their names, sorted. */
export function chainsByName(chains: readonly Chain[]): ReadonlyMap<string, Chain> {
  return new Map([...chains].sort((a, b) => (a.name < b.name ? -1 : 1)).map((chain) => [chain.name, chain]));
}

function allChains(snapshot: Snapshot, local: LocalChains, frame: Frame): FilterChains {
  const chains = [
    forwardChain(frame),
    inputChain(frame),
    acceptChain(frame.acceptBit),
    ...local.chains,
    ...local.profileIds.flatMap((id) => profileChains(snapshot, id, frame)),
  ];
  return { chains: chainsByName(chains), tags: namedTags(chains) };
}

type Before = FilterChains & { readonly snapshot: Snapshot };

function changedChains(
  before: Before,
  snapshot: Snapshot,
  { local, frame }: { readonly local: LocalChains; readonly frame: Frame },
): FilterChains {
  const ids = local.profileIds.filter((id) => snapshot.profiles.get(id) !== before.snapshot.profiles.get(id));
  const changed = ids
    .flatMap((id) => profileChains(snapshot, id, frame))
    .filter((chain) => before.chains.get(chain.name) !== chain);
  if (changed.length === 0) return before;
  const chains = new Map(before.chains);
  for (const chain of changed) chains.set(chain.name, chain);
  const isSameTags = changed.every((chain) => nameSame(chain, before.chains.get(chain.name)));
  return { chains, tags: isSameTags ? before.tags : namedTags(chains.values()) };
}

function profileChains(snapshot: Snapshot, id: ProfileId, { family }: Frame): readonly Chain[] {
  return DIRECTIONS.map((direction) => profileChain(snapshot.profiles.get(id), id, { direction, family }));
}

function nameSame(chain: Chain, before: Chain | undefined): boolean {
  const tags = tagsOf(chain);
  const tagsBefore = before ? tagsOf(before) : [];
  return tags.length === tagsBefore.length && tags.every((tag, index) => tag === tagsBefore[index]);
}
