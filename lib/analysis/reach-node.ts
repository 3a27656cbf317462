import type { EndFacts } from "#analysis/policy-diagram.ts";
import { parseAddress } from "#policy/address.ts";
import { namedNets, unnamedAddresses } from "#policy/evaluation/unnamed-address.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Cidr, Family } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { Tag } from "#policy/tag.ts";

/**
 * A place of the graph (cli.md, PLACE). A profile is an endpoint that holds only it; the world is an address that is no
 * endpoint and lies in no named network; a network is an address of it that is no endpoint.
 */
export type ReachNode =
  | { readonly kind: "profile"; readonly id: ProfileId; readonly rules: Profile["rules"]["kind"] }
  | { readonly kind: "cidr"; readonly cidr: string; readonly family: Family }
  | { readonly kind: "world" };

/** A node with what rules can ask of it, and the ordered profiles that police it; none for a place without policy. */
export type PlacedNode = {
  readonly node: ReachNode;
  readonly facts: EndFacts;
  readonly tags: ReadonlySet<Tag>;
  readonly profileIds?: readonly ProfileId[];
};

const NO_TAGS: ReadonlySet<Tag> = new Set();

/** The graph's places in their order: world, networks by address, profiles by id. */
export function placeNodes(snapshot: Snapshot): readonly PlacedNode[] {
  const unnamed = { 4: unnamedAddresses(snapshot, 4, 1)[0] ?? 0n, 6: unnamedAddresses(snapshot, 6, 1)[0] ?? 0n };
  const nets = distinctNets(snapshot);
  return [
    { node: { kind: "world" }, facts: factsOf(NO_TAGS, unnamed), tags: NO_TAGS },
    ...nets.map((net): PlacedNode => {
      const address = addressOnlyIn(net, nets);
      const facts = factsOf(NO_TAGS, { ...unnamed, [net.family]: address });
      return { node: { kind: "cidr", cidr: net.text, family: net.family }, facts, tags: NO_TAGS };
    }),
    ...[...snapshot.profiles.values()].map((profile): PlacedNode => {
      const tags: ReadonlySet<Tag> = profile.tags.kind === "valid" ? new Set(profile.tags.value) : NO_TAGS;
      const node = { kind: "profile", id: profile.id, rules: profile.rules.kind } as const;
      return { node, facts: factsOf(tags, unnamed), tags, profileIds: [profile.id] };
    }),
  ];
}

/** The name of a node in text and in `--from`: a profile id (with `profile:` where it reads as something else), a network, `world`. */
export function formatNode(node: ReachNode): string {
  switch (node.kind) {
    case "profile":
      return node.id === "world" || parseAddress(node.id).ok ? `profile:${node.id}` : node.id;
    case "cidr":
      return node.cidr;
    case "world":
      return "world";
  }
}

/** The same end at another address, for the question what an answer depends on. */
export function factsAt(placed: PlacedNode, net: Cidr, nets: readonly Cidr[]): EndFacts {
  const address = addressOnlyIn(net, nets);
  return {
    holdsTag: placed.facts.holdsTag,
    address: (family) => (family === net.family ? address : placed.facts.address(family)),
  };
}

/** The networks rules name, without `/0`, each once, by family and address, wider before narrower. */
export function distinctNets(snapshot: Snapshot): readonly Cidr[] {
  const byText = new Map(
    namedNets(snapshot)
      .filter((net) => net.prefix > 0)
      .map((net) => [net.text, net] as const),
  );
  return [...byText.values()].sort(
    (a, b) => a.family - b.family || (a.base < b.base ? -1 : a.base > b.base ? 1 : a.prefix - b.prefix),
  );
}

function factsOf(tags: ReadonlySet<Tag>, addresses: Readonly<Record<Family, bigint>>): EndFacts {
  return { holdsTag: (tag) => tags.has(tag), address: (family) => addresses[family] };
}

/** An address of the network that lies in none of the narrower ones inside it (given in ascending order), if any. */
export function addressOnlyIn(net: Cidr, nets: readonly Cidr[]): bigint {
  const width = net.family === 4 ? 32n : 128n;
  const last = net.base + (1n << (width - BigInt(net.prefix))) - 1n;
  let candidate = net.base;
  for (const inner of nets) {
    const isInside = inner.family === net.family && inner.prefix > net.prefix && inner.base >= net.base;
    if (!isInside || inner.base > candidate) continue;
    const innerLast = inner.base + (1n << (width - BigInt(inner.prefix))) - 1n;
    if (innerLast >= candidate && innerLast <= last) candidate = innerLast + 1n;
  }
  return candidate <= last ? candidate : net.base;
}
