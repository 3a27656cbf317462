import type { EndFacts } from "#analysis/connections/policy-diagram.ts";
import { parseAddress } from "#policy/address.ts";
import { cidrContains } from "#policy/cidr.ts";
import { prepareRule } from "#policy/evaluation/match-rule.ts";
import { unnamedAddresses } from "#policy/evaluation/unnamed-address.ts";
import type { Profile, ProfileRules } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Cidr, Family } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { Tag } from "#policy/tag.ts";
import { endpointTags } from "#policy/tag-members.ts";

/**
 * A place of the graph (cli.md, PLACE). A profile is an endpoint that holds only it; the world is an address that is no
 * endpoint and lies in no named network; a network is an address of it that is no endpoint.
 */
export type ReachNode =
  | { readonly kind: "profile"; readonly id: ProfileId; readonly rules: Profile["rules"]["kind"] }
  | { readonly kind: "cidr"; readonly cidr: string; readonly family: Family }
  | { readonly kind: "world" };

/** The same with the ordered profile lists that endpoints have in place of single profiles (`graph --deployed`). */
export type DeployedNode =
  | Exclude<ReachNode, { kind: "profile" }>
  | { readonly kind: "profiles"; readonly ids: readonly ProfileId[]; readonly endpointCount: number };

export type AnyNode = ReachNode | DeployedNode;

/** A node with what rules can ask of it, and the ordered profiles that police it; none for a place without policy. */
export type PlacedNode<Node = ReachNode> = {
  readonly node: Node;
  readonly facts: EndFacts;
  readonly tags: ReadonlySet<Tag>;
  readonly profileIds?: readonly ProfileId[];
};

/** Nodes with what they were placed by, so that placing them again after a change keeps what stayed. */
export type Placement<Node = ReachNode> = {
  readonly snapshot: Snapshot;
  readonly placed: readonly PlacedNode<Node>[];
  readonly nets: readonly Cidr[];
  readonly unnamed: Readonly<Record<Family, bigint>>;
};

const NO_TAGS: ReadonlySet<Tag> = new Set();

/** The graph's places in their order: world, networks by address, profiles by id. */
export function placeNodes(snapshot: Snapshot, earlier?: Placement): Placement {
  const common = placeOutside(snapshot, earlier);
  const isSameGround = common.unnamed === earlier?.unnamed;
  const first = (earlier?.nets.length ?? 0) + 1;
  const old = isSameGround ? new Map(earlier?.placed.slice(first).map((each) => [idOf(each), each])) : undefined;
  const profiles = [...snapshot.profiles.values()].map((profile): PlacedNode => {
    const before = earlier?.snapshot.profiles.get(profile.id) === profile ? old?.get(profile.id) : undefined;
    if (before !== undefined) return before;
    const tags: ReadonlySet<Tag> = profile.tags.kind === "valid" ? new Set(profile.tags.value) : NO_TAGS;
    const node = { kind: "profile", id: profile.id, rules: profile.rules.kind } as const;
    return { node, facts: factsOf(tags, common.unnamed), tags, profileIds: [profile.id] };
  });
  return { ...common, placed: [...common.placed, ...profiles] };
}

/** The same places with the distinct ordered profile lists of the endpoints, in the order of their names. */
export function placeDeployed(snapshot: Snapshot): Placement<DeployedNode> {
  const common = placeOutside<DeployedNode>(snapshot);
  const lists = new Map<string, { readonly ids: readonly ProfileId[]; endpointCount: number }>();
  for (const { value } of snapshot.endpoints.values()) {
    if (value.kind !== "valid") continue;
    const ids = value.value.profileIds;
    const list = lists.get(ids.join()) ?? { ids, endpointCount: 0 };
    list.endpointCount += 1;
    lists.set(ids.join(), list);
  }
  const names = [...lists.keys()].sort();
  const deployed = names.flatMap((name): readonly PlacedNode<DeployedNode>[] => {
    const list = lists.get(name);
    if (list === undefined) return [];
    const tags = endpointTags(snapshot, { profileIds: list.ids });
    return [{ node: { kind: "profiles", ...list }, facts: factsOf(tags, common.unnamed), tags, profileIds: list.ids }];
  });
  return { ...common, placed: [...common.placed, ...deployed] };
}

/** The name of a node in text and in `--from`: a profile id (with `profile:` where it reads as something else), a network, `world`. */
export function formatNode(node: AnyNode): string {
  switch (node.kind) {
    case "profile":
      return node.id === "world" || parseAddress(node.id).ok ? `profile:${node.id}` : node.id;
    case "profiles":
      return `[${node.ids.join(", ")}]`;
    case "cidr":
      return node.cidr;
    case "world":
      return "world";
  }
}

/** The same end at another address, for the question what an answer depends on. */
export function factsAt(placed: PlacedNode<unknown>, net: Cidr, nets: readonly Cidr[]): EndFacts {
  const address = addressOnlyIn(net, nets);
  return {
    holdsTag: placed.facts.holdsTag,
    address: (family) => (family === net.family ? address : placed.facts.address(family)),
  };
}

const netsByRules = new WeakMap<ProfileRules, readonly Cidr[]>();

/** The networks rules name, without `/0`, each once, by family and address, wider before narrower. */
export function distinctNets(snapshot: Snapshot): readonly Cidr[] {
  const byText = new Map<string, Cidr>();
  for (const { rules } of snapshot.profiles.values()) {
    if (rules.kind === "valid") for (const net of netsOf(rules.value)) byText.set(net.text, net);
  }
  return [...byText.values()].sort(
    (a, b) => a.family - b.family || (a.base < b.base ? -1 : a.base > b.base ? 1 : a.prefix - b.prefix),
  );
}

function netsOf(rules: ProfileRules): readonly Cidr[] {
  const known = netsByRules.get(rules);
  if (known !== undefined) return known;
  const nets = [...rules.inbound, ...rules.outbound].flatMap((rule) => {
    const { src, dst } = prepareRule(rule).canonical;
    return [src.net, src.notNet, dst.net, dst.notNet].filter((net) => net !== undefined && net.prefix > 0);
  }) as readonly Cidr[];
  netsByRules.set(rules, nets);
  return nets;
}

/** The world and the named networks. */
function placeOutside<Node = ReachNode>(
  snapshot: Snapshot,
  earlier?: Placement,
): Placement<Node | Exclude<ReachNode, { kind: "profile" }>> {
  const found = distinctNets(snapshot);
  const isSame = earlier !== undefined && found.every((net, i) => net.text === earlier.nets[i]?.text);
  const nets = isSame && found.length === earlier.nets.length ? earlier.nets : found;
  const unnamed =
    earlier !== undefined && isStillUnnamed(snapshot, nets, earlier) ? earlier.unnamed : unnamedOf(snapshot);
  if (nets === earlier?.nets && unnamed === earlier.unnamed) {
    const placed = earlier.placed.slice(0, nets.length + 1) as readonly PlacedNode<
      Exclude<ReachNode, { kind: "profile" }>
    >[];
    return { snapshot, nets, unnamed, placed };
  }
  return {
    ...{ snapshot, nets, unnamed },
    placed: [
      { node: { kind: "world" } as const, facts: factsOf(NO_TAGS, unnamed), tags: NO_TAGS },
      ...nets.map((net) => ({
        node: { kind: "cidr", cidr: net.text, family: net.family } as const,
        facts: factsOf(NO_TAGS, { ...unnamed, [net.family]: addressOnlyIn(net, nets) }),
        tags: NO_TAGS,
      })),
    ],
  };
}

function unnamedOf(snapshot: Snapshot): Readonly<Record<Family, bigint>> {
  return { 4: unnamedAddresses(snapshot, 4, 1)[0] ?? 0n, 6: unnamedAddresses(snapshot, 6, 1)[0] ?? 0n };
}

/** Any address that nothing names will do, so the one from before is kept while it is one. */
function isStillUnnamed(snapshot: Snapshot, nets: readonly Cidr[], earlier: Placement): boolean {
  const isSameEstate = snapshot.endpoints === earlier.snapshot.endpoints && snapshot.hosts === earlier.snapshot.hosts;
  const isNamed = (net: Cidr) => cidrContains(net, net.family, earlier.unnamed[net.family]);
  return isSameEstate && !nets.some(isNamed) && !earlier.nets.some(isNamed);
}

function idOf({ node }: PlacedNode): string {
  return node.kind === "profile" ? node.id : "";
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
