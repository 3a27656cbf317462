import type { Rejected } from "#dataplane/desired/local-endpoints.ts";
import { type Chain, ruleLine } from "#dataplane/desired/rules/rule-line.ts";
import type { TagSets } from "#dataplane/desired/tag-sets.ts";
import type { Tag } from "#policy/tag.ts";

const tagsByChain = new WeakMap<Chain, readonly Tag[]>();

/** The tags whose sets the chains name. */
export function namedTags(chains: Iterable<Chain>): ReadonlySet<Tag> {
  const tags = new Set<Tag>();
  for (const chain of chains) for (const tag of tagsOf(chain)) tags.add(tag);
  return tags;
}

/**
 * The chains and sets that can be loaded. A set beyond the limit would be refused and its tag go stale; a chain that
 * names it drops instead, and the tag is reported.
 */
export function withoutOversized(
  filter: ReadonlyMap<string, Chain>,
  sets: TagSets,
  maxSetSize: number,
): { readonly filter: ReadonlyMap<string, Chain>; readonly sets: TagSets; readonly oversized: readonly Rejected[] } {
  const oversized = new Set([...sets].filter(([, members]) => members.size > maxSetSize).map(([tag]) => tag));
  if (oversized.size === 0) return { filter, sets, oversized: [] };
  const close = (chain: Chain): Chain => {
    const tag = tagsOf(chain).find((one) => oversized.has(one));
    return tag === undefined ? chain : { ...chain, lines: [ruleLine("-j DROP", `tag ${tag} has too many members`)] };
  };
  const closed = new Map([...filter].map(([name, chain]) => [name, close(chain)]));
  const needed = namedTags(closed.values());
  const reason = `more than ${maxSetSize} members (MaxIpsetSize): profiles whose rules name the tag drop everything`;
  return {
    filter: closed,
    sets: new Map([...sets].filter(([tag]) => needed.has(tag))),
    oversized: [...oversized].map((tag) => ({ key: `tag ${tag}`, reason })),
  };
}

/** The tags a chain's lines look up, in their order. */
export function tagsOf(chain: Chain): readonly Tag[] {
  const tags = tagsByChain.get(chain) ?? chain.lines.flatMap(({ uses }) => uses.map(({ tag }) => tag));
  tagsByChain.set(chain, tags);
  return tags;
}
