import { contains } from "#analysis/connections/connection-set.ts";
import { placeName } from "#components/reach/place-key.ts";
import type { Family } from "#policy/rule.ts";
import type { GraphModel, GraphPair } from "./graph-model.ts";
import { heldTags } from "./graph-relations.ts";
import { pairKeys } from "./pair-keys.ts";

/** What a query asks for; absent means anything. Words match any of the names. */
export type GraphQuery = {
  readonly from?: string;
  readonly to?: string;
  readonly tag?: string;
  readonly port?: number;
  readonly words: readonly string[];
};

const FIELDS = ["from", "to", "tag"] as const;

/** Reads `from:WEB to:* tag:APP_* port:443 word`; a port that is no port is a word, and finds nothing. */
export function parseGraphQuery(text: string): GraphQuery {
  const query: { from?: string; to?: string; tag?: string; port?: number; words: string[] } = { words: [] };
  for (const term of text.trim().split(/\s+/).filter(Boolean)) {
    const field = FIELDS.find((name) => term.toLowerCase().startsWith(`${name}:`));
    const port = /^port:(\d{1,5})$/i.exec(term)?.[1];
    if (field !== undefined) query[field] = term.slice(field.length + 1);
    else if (port !== undefined && Number(port) <= 65_535) query.port = Number(port);
    else query.words.push(term.toLowerCase());
  }
  return query;
}

/** The pairs a query is about, in their order. */
export function matchingPairs(model: GraphModel, query: GraphQuery): readonly GraphPair[] {
  return model.pairs.filter((pair) => {
    const [from, to] = [placeName(pair.from), placeName(pair.to)];
    if (!globMatches(query.from, from) || !globMatches(query.to, to)) return false;
    if (query.port !== undefined && !carriesPort(pair, query.port)) return false;
    const plain = [from, to, pair.text].join(" ").toLowerCase();
    if (query.tag === undefined && query.words.every((word) => plain.includes(word))) return true;
    // The keys are asked for last: only the judge knows which of the sender's tags the pair really turns.
    if (!holdsMatching(model, pair, query)) return false;
    const tags = pairKeys(model.reach, pair.edge.fromIndex, pair.edge.toIndex).flatMap(({ key }) =>
      key.kind === "tag" ? [key.tag] : [],
    );
    if (query.tag !== undefined && !tags.some((tag) => globMatches(query.tag, tag))) return false;
    const text = [plain, ...tags].join(" ").toLowerCase();
    return query.words.every((word) => text.includes(word));
  });
}

/** True when the sender holds a tag the query could mean. */
function holdsMatching({ snapshot }: GraphModel, { from }: GraphPair, { tag, words }: GraphQuery): boolean {
  const profile = from.kind === "profile" ? snapshot.profiles.get(from.id) : undefined;
  if (profile === undefined) return false;
  const held = heldTags(profile);
  if (tag !== undefined) return held.some((each) => globMatches(tag, each));
  return words.some((word) => held.some((each) => each.toLowerCase().includes(word)));
}

/** True when the name fits the pattern, in which `*` stands for anything; letters match in either case. */
export function globMatches(pattern: string | undefined, name: string): boolean {
  if (pattern === undefined || pattern === "") return true;
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\*+/g, ".*");
  return new RegExp(`^${escaped}$`, "i").test(name);
}

const TCP = 6;
const UDP = 17;

function carriesPort({ edge }: GraphPair, dstPort: number): boolean {
  return ([4, 6] satisfies readonly Family[]).some((family) =>
    [TCP, UDP].some((protocol) =>
      contains(edge.relation.allowed, { family, protocol, src: 0n, dst: 0n, srcPort: 40_000, dstPort }),
    ),
  );
}
