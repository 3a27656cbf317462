import { type ConnectionSet, contains } from "#analysis/connections/connection-set.ts";
import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import { placeName } from "#components/reach/place-key.ts";
import type { Family } from "#policy/rule.ts";
import type { GraphModel } from "./graph-model.ts";
import { type GraphQuery, globMatches } from "./graph-query.ts";
import { heldTags } from "./graph-relations.ts";
import { pairKeys } from "./pair-keys.ts";
import { openPairs } from "./pair-table.ts";

/** The open pairs a query is about, by number, ascending. */
export function matchingPairs(model: GraphModel, query: GraphQuery): readonly number[] {
  const { pairs, reach } = model;
  const ends = askedEnds(model, query);
  const carries = rememberedByRelation(model, (set) => query.port === undefined || carriesPort(set, query.port));
  const texts = rememberedByRelation(model, formatConnectionSet);
  const names = reach.nodes.map((node) => placeName(node).toLowerCase());
  return openPairs(pairs).filter((pair) => {
    const [from, to] = [Math.floor(pair / pairs.size), pair % pairs.size];
    const relation = pairs.relationIds[pair] ?? 0;
    if (!ends.from[from] || !ends.to[to] || !carries(relation)) return false;
    if (query.tag === undefined && query.words.length === 0) return true;
    const plain = `${names[from]} ${names[to]} ${texts(relation)}`.toLowerCase();
    if (query.tag === undefined && query.words.every((word) => plain.includes(word))) return true;
    return ends.mayUseTag(from, to) && usesTag(model, [from, to], { query, plain });
  });
}

/** The places a query names, as senders and as receivers. */
export function askedEnds(model: GraphModel, query: GraphQuery) {
  const { nodes } = model.reach;
  const named = nodes.map(placeName);
  const isAsked = (tag: string) =>
    query.tag === undefined
      ? query.words.some((word) => tag.toLowerCase().includes(word))
      : globMatches(query.tag, tag);
  const wanted = model.relations.tags.filter(({ tag }) => isAsked(tag));
  const holders = new Set(wanted.flatMap(({ holders: each }) => each));
  const admitters = new Set(wanted.flatMap(({ admitters: each }) => each));
  const holds = nodes.map((node) => node.kind === "profile" && holders.has(node.id));
  const admits = nodes.map((node) => node.kind === "profile" && admitters.has(node.id));
  return {
    from: named.map((name) => globMatches(query.from, name)),
    to: named.map((name) => globMatches(query.to, name)),
    mayUseTag: (from: number, to: number) => holds[from] === true && admits[to] === true,
  };
}

type Words = { readonly query: GraphQuery; readonly plain: string };

/** Asked last: only the judge knows which of the sender's tags the pair really turns. */
function usesTag(model: GraphModel, [from, to]: readonly [number, number], { query, plain }: Words): boolean {
  const sender = model.reach.nodes[from];
  const profile = sender?.kind === "profile" ? model.snapshot.profiles.get(sender.id) : undefined;
  if (profile === undefined || heldTags(profile).length === 0) return false;
  const tags = pairKeys(model.reach, from, to).flatMap(({ key }) => (key.kind === "tag" ? [key.tag] : []));
  if (query.tag !== undefined && !tags.some((tag) => globMatches(query.tag, tag))) return false;
  const text = [plain, ...tags].join(" ").toLowerCase();
  return query.words.every((word) => text.includes(word));
}

/** Relations are few and pairs are many. */
function rememberedByRelation<T>(
  { pairs }: GraphModel,
  ask: (set: ConnectionSet) => T,
): (relation: number) => T | undefined {
  const known = new Map<number, T>();
  return (number) => {
    const before = known.get(number);
    if (before !== undefined) return before;
    const relation = pairs.relations[number];
    if (relation === undefined) return undefined;
    const answer = ask(relation.allowed);
    known.set(number, answer);
    return answer;
  };
}

const TCP = 6;
const UDP = 17;

/** True when something may go to the port, over TCP or UDP. */
export function carriesPort(set: ConnectionSet, dstPort: number): boolean {
  return ([4, 6] satisfies readonly Family[]).some((family) =>
    [TCP, UDP].some((protocol) => contains(set, { family, protocol, src: 0n, dst: 0n, srcPort: 40_000, dstPort })),
  );
}
