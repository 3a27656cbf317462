import { withProfiles } from "#analysis/impact/scoped-edit.ts";
import type { ReachNode } from "#analysis/reach/reach-node.ts";
import { reachability } from "#analysis/reach/reachability.ts";
import type { DraftEffect } from "#components/drafts/draft-effect.ts";
import { placeKey } from "#components/reach/place-key.ts";
import { effectBetween } from "#components/reach/reach-effect.ts";
import { applyEdit } from "#policy/edit/apply-edit.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Tag } from "#policy/tag.ts";
import type { GraphChange } from "./graph-changes.ts";
import type { GraphFocus } from "./graph-focus.ts";
import type { GraphModel, KeyNode } from "./graph-model.ts";
import { type DoorRule, formatKey, heldTags } from "./graph-relations.ts";
import type { GraphSelection } from "./graph-selection.ts";
import type { GraphStop } from "./graph-stops.ts";
import { type PairArgument, pairArgument } from "./pair-argument.ts";
import { type GraphPair, openPairsFrom, pairsAt } from "./pair-table.ts";

/** An open pair as the page lists it: plain JSON. */
export type PairLine = Pick<GraphPair, "id" | "from" | "to" | "text">;
/** The first of some pairs, and how many there are. */
export type PairLines = { readonly first: readonly PairLine[]; readonly count: number };

/** What the panel beside the picture says: plain JSON, made where the model is. */
export type PanelContent =
  | { readonly kind: "counting" }
  | { readonly kind: "overview"; readonly stops: readonly GraphStop[]; readonly fromOutside: PairLines }
  | {
      readonly kind: "place";
      readonly key: string;
      readonly place: ReachNode;
      readonly side: "sender" | "receiver";
      readonly pairs: PairLines;
      readonly stops: readonly GraphStop[];
      readonly tags: readonly { readonly tag: Tag; readonly isAsked: boolean }[];
      /** Tags some receiver asks for that it does not hold. */
      readonly lacking: readonly Tag[];
    }
  | {
      readonly kind: "group";
      readonly key: string;
      readonly side: "sender" | "receiver" | "tag";
      readonly members: readonly string[];
      readonly pairs: PairLines;
    }
  | {
      readonly kind: "key";
      readonly node: KeyNode;
      readonly doors: readonly (DoorRule & { readonly profile: Profile | undefined })[];
      readonly holders: readonly ProfileId[];
      /** Profiles that do not hold it. */
      readonly others: readonly ProfileId[];
      readonly pairs: PairLines;
    }
  | {
      readonly kind: "pair";
      readonly argument: PairArgument;
      readonly change: GraphChange | undefined;
      readonly without: WithoutTag | undefined;
    }
  | { readonly kind: "pairs"; readonly from: string; readonly to: string; readonly pairs: PairLines };

/** What the sender would lose with the tag the pair hangs on, and who else uses that tag. */
export type WithoutTag = { readonly tag: Tag; readonly effect: DraftEffect; readonly others: readonly ProfileId[] };

const FIRST_ROWS = 60;
const MEMBERS = 200;

export type PanelQuestion = {
  readonly model: GraphModel;
  readonly selection: GraphSelection;
  readonly focus: GraphFocus | undefined;
  readonly stops: readonly GraphStop[];
  readonly changes: readonly GraphChange[];
  readonly membersOf: (key: string) => readonly string[];
};

/** The panel for what is selected; the overview when that is nothing, or gone. */
export function panelContent(question: PanelQuestion): PanelContent {
  const { model, selection, focus } = question;
  if (focus === undefined) return overview(question);
  const pairs = linesOf(model, focus.pairs);
  switch (selection.kind) {
    case "nothing":
      return overview(question);
    case "pair":
      return pairContent(question, selection, pairs);
    case "sender":
    case "receiver":
      return placeContent(question, selection, pairs);
    case "key":
      return keyContent(question, selection.key, pairs);
  }
}

function overview({ model, stops }: PanelQuestion): PanelContent {
  const world = model.reach.nodes.findIndex(({ kind }) => kind === "world");
  const outside = world < 0 ? [] : openPairsFrom(model.pairs, world);
  return { kind: "overview", stops: stops.slice(0, FIRST_ROWS), fromOutside: linesOf(model, outside) };
}

function linesOf({ pairs }: GraphModel, numbers: readonly number[]): PairLines {
  const first = pairsAt(pairs, numbers.slice(0, FIRST_ROWS));
  return { first: first.map(({ id, from, to, text }) => ({ id, from, to, text })), count: numbers.length };
}

type Chosen<K extends GraphSelection["kind"]> = Extract<GraphSelection, { readonly kind: K }>;

function pairContent(question: PanelQuestion, { from, to }: Chosen<"pair">, pairs: PairLines): PanelContent {
  const { model, changes, membersOf } = question;
  if (membersOf(from).length > 1 || membersOf(to).length > 1) return { kind: "pairs", from, to, pairs };
  const argument = pairArgument(model, from, to);
  if (argument === undefined) return overview(question);
  const change = changes.find((each) => placeKey(each.from) === from && placeKey(each.to) === to);
  return { kind: "pair", argument, change, without: withoutTag(model, argument) };
}

function withoutTag(model: GraphModel, { keys, sender }: PairArgument): WithoutTag | undefined {
  const tag = keys.flatMap(({ key }) => (key.kind === "tag" ? [key.tag] : []))[0];
  if (tag === undefined || sender === undefined) return undefined;
  const without = applyEdit(sender, { kind: "remove-tag", tag });
  if (!without.ok) return undefined;
  const after = withProfiles(model.snapshot, new Map([[sender.id, without.value]]));
  const effect = effectBetween(model.pairs.reach, reachability(after, model.pairs.reach));
  const holders = model.relations.tags.find((asked) => asked.tag === tag)?.holders ?? [];
  return { tag, effect, others: holders.filter((id) => id !== sender.id).slice(0, MEMBERS) };
}

function placeContent(
  question: PanelQuestion,
  selection: Chosen<"sender" | "receiver">,
  pairs: PairLines,
): PanelContent {
  const { model, stops, membersOf } = question;
  const key = selection.kind === "sender" ? selection.from : selection.to;
  const members = membersOf(key);
  const side = selection.kind;
  if (members.length > 1) return { kind: "group", key, side, members: members.slice(0, MEMBERS), pairs };
  const place = model.reach.nodes[model.pairs.indexByKey.get(key) ?? -1];
  if (place === undefined) return overview(question);
  const profile = place.kind === "profile" ? model.snapshot.profiles.get(place.id) : undefined;
  const asked = new Set(model.relations.tags.map(({ tag }) => tag));
  const held = side === "sender" && profile !== undefined ? heldTags(profile).slice(0, MEMBERS) : [];
  const own = stops.filter((stop) => placeKey(side === "sender" ? stop.from : stop.to) === key);
  const tags = held.map((tag) => ({ tag, isAsked: asked.has(tag) }));
  const lacking = side === "sender" && profile !== undefined ? [...asked].filter((tag) => !held.includes(tag)) : [];
  return {
    ...{ kind: "place", key, place, side, pairs, tags },
    stops: own.slice(0, FIRST_ROWS),
    lacking: lacking.slice(0, MEMBERS),
  };
}

function keyContent(question: PanelQuestion, key: string, pairs: PairLines): PanelContent {
  const { model, membersOf } = question;
  const members = membersOf(key);
  if (members.length > 1) return { kind: "group", key, side: "tag", members: members.slice(0, MEMBERS), pairs };
  const node = model.keys.find((each) => each.key.kind !== "tags" && formatKey(each.key) === key);
  if (node === undefined) return overview(question);
  const doors = model.relations.doors.filter((door) => formatKey(door.key) === key).slice(0, FIRST_ROWS);
  const holders =
    model.relations.tags.find(({ tag }) => node.key.kind === "tag" && tag === node.key.tag)?.holders ?? [];
  return {
    kind: "key",
    node,
    doors: doors.map((door) => ({ ...door, profile: model.snapshot.profiles.get(door.receiver) })),
    holders: holders.slice(0, MEMBERS),
    others: node.key.kind === "tag" ? profilesBeside(model, holders) : [],
    pairs,
  };
}

function profilesBeside({ snapshot }: GraphModel, holders: readonly ProfileId[]): readonly ProfileId[] {
  const holding = new Set(holders);
  return [...snapshot.profiles.keys()].filter((id) => !holding.has(id)).slice(0, MEMBERS);
}
