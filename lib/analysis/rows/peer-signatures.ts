import type { PlacedNode } from "#analysis/reach/reach-node.ts";
import { cidrContains } from "#policy/cidr.ts";
import { prepareRule } from "#policy/evaluation/match-rule.ts";
import type { ProfileRules } from "#policy/profile.ts";
import type { Cidr, Direction, SideMatch } from "#policy/rule.ts";
import type { Tag } from "#policy/tag.ts";

/** What rules ask about one end: tags and networks in either polarity, each once, in the order of the rules. */
export type Asked = { readonly tags: readonly Tag[]; readonly nets: readonly Cidr[] };

/** What the rules of one direction ask about the endpoint that has them, and about the other end. */
export type AskedOfEnds = { readonly own: Asked; readonly peer: Asked };

const askedByRules = new WeakMap<ProfileRules, Readonly<Record<Direction, AskedOfEnds>>>();

/** What one profile's rules ask; remembered per rules value. */
export function askedOf(rules: ProfileRules, direction: Direction): AskedOfEnds {
  const known = askedByRules.get(rules);
  if (known !== undefined) return known[direction];
  const asked = { inbound: gather(rules, "inbound"), outbound: gather(rules, "outbound") };
  askedByRules.set(rules, asked);
  return asked[direction];
}

/** Both together, each tag and network once. */
export function joinAsked(parts: readonly Asked[]): Asked {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const nets = new Map(parts.flatMap((part) => part.nets.map((net) => [net.text, net] as const)));
  return { tags: [...new Set(parts.flatMap((part) => part.tags))], nets: [...nets.values()] };
}

function gather(rules: ProfileRules, direction: Direction): AskedOfEnds {
  const sides = rules[direction].map((rule) => prepareRule(rule).canonical);
  const [own, peer] = direction === "inbound" ? (["dst", "src"] as const) : (["src", "dst"] as const);
  return { own: askedOfSides(sides.map((side) => side[own])), peer: askedOfSides(sides.map((side) => side[peer])) };
}

/** Every address of a family lies in its `/0`, so that tells nobody apart. */
function askedOfSides(sides: readonly SideMatch[]): Asked {
  const tags = new Set<Tag>();
  const nets = new Map<string, Cidr>();
  for (const { tag, notTag, net, notNet } of sides) {
    for (const each of [tag, notTag]) if (each !== undefined) tags.add(each);
    for (const each of [net, notNet]) if (each !== undefined && each.prefix > 0) nets.set(each.text, each);
  }
  return { tags: [...tags], nets: [...nets.values()] };
}

/** A node's answers to what is asked, as one text; nodes with equal texts cannot be told apart. */
export function signatureOf(asked: Asked, { tags, facts }: Pick<PlacedNode<unknown>, "tags" | "facts">): string {
  let text = "";
  asked.tags.forEach((tag, index) => {
    if (tags.has(tag)) text += `t${index}`;
  });
  asked.nets.forEach((net, index) => {
    if (cidrContains(net, net.family, facts.address(net.family))) text += `n${index}`;
  });
  return text;
}

/** Who holds a tag and who lies in a network, by node index. */
export type PeerIndex = {
  readonly holders: (tag: Tag) => readonly number[];
  readonly inside: (net: Cidr) => readonly number[];
};

/** Indexes nodes by what can be asked of them. */
export function createPeerIndex(placed: readonly PlacedNode<unknown>[]): PeerIndex {
  const holders = new Map<Tag, number[]>();
  placed.forEach(({ tags }, index) => {
    for (const tag of tags) {
      const list = holders.get(tag);
      if (list === undefined) holders.set(tag, [index]);
      else list.push(index);
    }
  });
  const insideByText = new Map<string, readonly number[]>();
  return {
    holders: (tag) => holders.get(tag) ?? [],
    inside: (net) => {
      const known = insideByText.get(net.text);
      if (known !== undefined) return known;
      const inside = placed.flatMap(({ facts }, index) =>
        cidrContains(net, net.family, facts.address(net.family)) ? [index] : [],
      );
      insideByText.set(net.text, inside);
      return inside;
    },
  };
}

/** The signature of every node that has one; all others answer no to everything. */
export function signatures(asked: Asked, peers: PeerIndex): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  const add = (members: readonly number[], mark: string) => {
    for (const member of members) found.set(member, (found.get(member) ?? "") + mark);
  };
  asked.tags.forEach((tag, index) => {
    add(peers.holders(tag), `t${index}`);
  });
  asked.nets.forEach((net, index) => {
    add(peers.inside(net), `n${index}`);
  });
  return found;
}
