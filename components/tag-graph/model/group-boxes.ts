import type { Profile } from "#policy/profile.ts";
import { formatRulesValue } from "#policy/rules-value.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import {
  type GraphLink,
  type GraphModel,
  type KeyNode,
  link,
  type ReceiverNode,
  type SenderNode,
} from "./graph-model.ts";
import { formatKey } from "./graph-relations.ts";
import type { GraphRequest } from "./graph-request.ts";
import { prefixGroups } from "./name-groups.ts";

/** The boxes and lines of a picture. */
export type GraphPart = Pick<GraphModel, "senders" | "keys" | "receivers"> & { readonly links: readonly GraphLink[] };

/** A part whose boxes may stand for several, and the way from a place's or key's box to the one that stands for it. */
export type GroupedPart = GraphPart & {
  readonly kind: "none" | "alike" | "prefix";
  readonly boxOf: (id: string) => string;
  /** Places, or keys, behind the name of a box in a selection. */
  readonly membersOf: (key: string) => readonly string[];
};

/** More boxes than this cannot be read as a picture. */
export const MAX_BOXES = 300;
/** What a column is brought down to when it has to be grouped by name. */
const COLUMN_TARGET = 40;
const RANGE_TARGET = 8;

/** Draws what is alike, or begins alike, as one box: as asked, or by itself above the readable size. */
export function groupBoxes(part: GraphPart, snapshot: Snapshot, asked: GraphRequest["group"]): GroupedPart {
  const isLarge = boxCount(part) > MAX_BOXES;
  if (asked === "prefix") return byPrefix(part, COLUMN_TARGET);
  if (asked === "alike" || (isLarge && asked === "auto")) {
    const alike = byNames(part, alikeNames(snapshot), "alike");
    if (boxCount(alike) <= MAX_BOXES) return alike;
  }
  return isLarge ? byPrefix(part, COLUMN_TARGET) : ungrouped(part);
}

/** How many boxes a part has. */
export function boxCount({ senders, keys, receivers }: GraphPart): number {
  return senders.length + keys.length + receivers.length;
}

/** How many of a part's places are drawn with others. */
export function groupCountOf({ senders, receivers }: GraphPart): number {
  return [...senders, ...receivers].filter(({ place }) => place.kind === "group").length;
}

function ungrouped(part: GraphPart): GroupedPart {
  return { ...part, kind: "none", boxOf: (id) => id, membersOf: (key) => [key] };
}

/** For each place or key the name of the box that stands for it, where that is not its own. */
type Names = ReadonlyMap<string, string>;

function byPrefix(part: GraphPart, target: number): GroupedPart {
  const profiles = new Set<string>();
  const ranges = new Set<string>();
  for (const { place } of [...part.senders, ...part.receivers]) {
    if (place.kind === "profile") profiles.add(place.id);
    if (place.kind === "cidr") ranges.add(place.cidr);
  }
  const tags = part.keys.flatMap(({ key }) => (key.kind === "tag" ? [key.tag] : []));
  const places = namesFrom([...profiles], target);
  const nets = namesFrom([...ranges], RANGE_TARGET);
  const keyNets = new Map([...nets].map(([name, label]) => [`range:${name}`, `range:${label}`]));
  const keyTags = new Map([...namesFrom(tags, target)].map(([name, label]) => [`tag:${name}`, `tag:${label}`]));
  return byNames(part, new Map([...places, ...nets, ...keyNets, ...keyTags]), "prefix");
}

function namesFrom(names: readonly string[], target: number): Names {
  const groups = prefixGroups(names, target).filter((group) => group.names.length > 1);
  return new Map(groups.flatMap(({ label, names: members }) => members.map((name) => [name, label] as const)));
}

/** Profiles that hold the same tags and have the same rules; `=` stands in no id. */
function alikeNames({ profiles }: Snapshot): Names {
  const bySignature = new Map<string, string[]>();
  for (const profile of profiles.values()) {
    const signature = signatureOf(profile);
    bySignature.set(signature, [...(bySignature.get(signature) ?? []), profile.id]);
  }
  const groups = [...bySignature.values()].filter(({ length }) => length > 1);
  return new Map(groups.flatMap((ids) => ids.map((id) => [id, `=${ids[0]}`] as const)));
}

function signatureOf({ tags, rules }: Profile): string {
  const held = tags.kind === "valid" ? [...tags.value].sort().join() : tags.kind;
  const said = rules.kind === "valid" ? formatRulesValue(rules.value) : rules.kind;
  return `${held} ${said}`;
}

function byNames(part: GraphPart, names: Names, kind: "alike" | "prefix"): GroupedPart {
  const members = new Map<string, string[]>();
  for (const [name, box] of names) members.set(box, [...(members.get(box) ?? []), name]);
  const boxOf = (id: string) => {
    const [, side = "", key = ""] = /^(from:|to:|key:)(.*)$/.exec(id) ?? [];
    return `${side}${names.get(key) ?? key}`;
  };
  const links = new Map<string, GraphLink>();
  for (const each of part.links) {
    const next = link(each.kind, boxOf(each.from), boxOf(each.to));
    links.set(next.id, next);
  }
  return {
    kind,
    senders: merged(part.senders, boxOf, (box, all) => groupedSender(box, all, members)),
    keys: merged(part.keys, boxOf, (box, all) => groupedKey(box, all)),
    receivers: merged(part.receivers, boxOf, (box, all) => groupedReceiver(box, all, members)),
    links: [...links.values()],
    boxOf,
    membersOf: (key) => members.get(key) ?? [key],
  };
}

function merged<N extends { readonly id: string }>(
  nodes: readonly N[],
  boxOf: (id: string) => string,
  merge: (id: string, all: readonly [N, ...N[]]) => N,
): readonly N[] {
  const boxes = new Map<string, [N, ...N[]]>();
  for (const node of nodes) {
    const box = boxOf(node.id);
    const known = boxes.get(box);
    if (known === undefined) boxes.set(box, [node]);
    else known.push(node);
  }
  return [...boxes].map(([id, all]) => (all.length === 1 ? all[0] : merge(id, all)));
}

type Members = ReadonlyMap<string, readonly string[]>;

function groupName(key: string, count: number): string {
  return key.startsWith("=") ? `${key.slice(1)} and ${count - 1} alike` : `${key} (${count})`;
}

function groupedSender(id: string, all: readonly [SenderNode, ...SenderNode[]], members: Members): SenderNode {
  const key = id.slice("from:".length);
  const count = members.get(key)?.length ?? all.length;
  const place = { kind: "group", key, count } as const;
  return { column: "sender", id, name: groupName(key, count), place, held: Math.max(...all.map(({ held }) => held)) };
}

function groupedReceiver(id: string, all: readonly [ReceiverNode, ...ReceiverNode[]], members: Members): ReceiverNode {
  const key = id.slice("to:".length);
  const count = members.get(key)?.length ?? all.length;
  const ports = [...new Set(all.flatMap((node) => node.ports))];
  const place = { kind: "group", key, count } as const;
  return { column: "receiver", id, name: groupName(key, count), place, ports };
}

function groupedKey(id: string, all: readonly [KeyNode, ...KeyNode[]]): KeyNode {
  const name = id.replace(/^key:(tag|range):/, "");
  const sum = (count: (node: KeyNode) => number) => all.reduce((total, node) => total + count(node), 0);
  const key = { kind: "tags", name: id.slice("key:".length), count: all.length } as const;
  const [held, admitted] = [sum((node) => node.held), sum((node) => node.admitted)];
  return { column: "tag", id, name: `${name} (${all.length})`, key, held, admitted };
}

/** The boxes that belong to some ids, and the lines between them. */
export function partWith(part: GraphPart, ids: ReadonlySet<string>): GraphPart {
  return {
    senders: part.senders.filter(({ id }) => ids.has(id)),
    keys: part.keys.filter(({ id }) => ids.has(id)),
    receivers: part.receivers.filter(({ id }) => ids.has(id)),
    links: part.links.filter(({ from, to }) => ids.has(from) && ids.has(to)),
  };
}

/** Without some keys and the lines to them. */
export function withoutKeys(part: GraphPart, hidden: readonly string[]): GraphPart {
  if (hidden.length === 0) return part;
  const ids = new Set(hidden.map((key) => `key:${key}`));
  return {
    ...part,
    keys: part.keys.filter(({ id }) => !ids.has(id)),
    links: part.links.filter(({ from, to }) => !ids.has(from) && !ids.has(to)),
  };
}

/** Boxes and lines of both, each once; the second's where both have one. */
export function bothParts(before: GraphPart, after: GraphPart): GraphPart {
  return {
    senders: together(before.senders, after.senders),
    keys: together(before.keys, after.keys),
    receivers: together(before.receivers, after.receivers),
    links: together(before.links, after.links),
  };
}

function together<N extends { readonly id: string }>(before: readonly N[], after: readonly N[]): readonly N[] {
  return [...new Map([...before, ...after].map((each) => [each.id, each])).values()];
}

/** What a hub is: a key so many hold or admit that its lines hide the others. */
export function hubKeys({ senders, keys }: GraphPart): readonly string[] {
  const many = Math.max(6, senders.length / 3);
  return keys
    .filter(({ held, admitted }) => held + admitted >= many)
    .flatMap(({ key }) => (key.kind === "tags" ? [key.name] : [formatKey(key)]));
}
