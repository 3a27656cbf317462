import { intersect, isEmpty } from "#analysis/connections/connection-set.ts";
import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import { type ReachChange, reachChanges, withoutEchoes } from "#analysis/reach/reach-changes.ts";
import type { ReachNode } from "#analysis/reach/reach-node.ts";
import { pairKey, placeKey } from "#components/reach/place-key.ts";
import type { GraphModel } from "./graph-model.ts";
import { keyId } from "./graph-model.ts";
import { pairKeySets } from "./pair-keys.ts";
import { pairBetween } from "./pair-table.ts";

/** A relation that is new, gone, or of other ports than before. */
export type GraphChange = {
  readonly id: string;
  readonly from: ReachNode;
  readonly to: ReachNode;
  readonly kind: "added" | "removed" | "changed";
  readonly opened: string;
  readonly closed: string;
  readonly was: string;
  readonly is: string;
};

/** A line of a change, through the key that opens or used to open it. */
export type ChangeLink = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: GraphChange["kind"];
};

export type GraphChanges = { readonly changes: readonly GraphChange[]; readonly links: readonly ChangeLink[] };

/** More changes than this are counted and listed, not drawn line by line. */
const MAX_TRACED = 600;

/** What differs between two models, exactly; what a network only repeats of Anywhere is said once. */
export function graphChanges(before: GraphModel, after: GraphModel): GraphChanges {
  const found = withoutEchoes(reachChanges(before.reach, after.reach));
  const changes = found.map((change) => changeOf(change, before, after));
  const links = found
    .slice(0, MAX_TRACED)
    .flatMap((change, index) => linksOf(change, changes[index]?.kind ?? "changed", { before, after }));
  return { changes, links: [...new Map(links.map((link) => [link.id, link])).values()] };
}

function changeOf({ from, to, opened, closed }: ReachChange, before: GraphModel, after: GraphModel): GraphChange {
  const [a, b] = [placeKey(from), placeKey(to)];
  const [was, is] = [textBetween(before, a, b), textBetween(after, a, b)];
  const kind = was === "none" ? "added" : is === "none" ? "removed" : "changed";
  const [open, close] = [formatConnectionSet(opened), formatConnectionSet(closed)];
  return { id: pairKey(from, to), from, to, kind, opened: open, closed: close, was, is };
}

function textBetween({ pairs, reach }: GraphModel, from: string, to: string): string {
  const [i, j] = [pairs.indexByKey.get(from), pairs.indexByKey.get(to)];
  if (i === undefined || j === undefined) return "none";
  const relation = reach.relation(i, j);
  return pairBetween(pairs, from, to)?.text ?? formatConnectionSet(relation?.allowed ?? { kind: "leaf", value: false });
}

type Models = { readonly before: GraphModel; readonly after: GraphModel };

function linksOf(change: ReachChange, kind: GraphChange["kind"], { before, after }: Models): readonly ChangeLink[] {
  const opening = isEmpty(change.opened) ? [] : keysWith(after, change, change.opened);
  const closing = isEmpty(change.closed) ? [] : keysWith(before, change, change.closed);
  return [...new Set([...opening, ...closing])].flatMap((key) => {
    const isBoth = opening.includes(key) && closing.includes(key);
    const look = isBoth ? "changed" : kind === "changed" ? (opening.includes(key) ? "added" : "removed") : kind;
    const [from, to] = [`from:${placeKey(change.from)}`, `to:${placeKey(change.to)}`];
    return [
      { id: `${look} ${from} ${key}`, from, to: key, kind: look } as const,
      { id: `${look} ${key} ${to}`, from: key, to, kind: look } as const,
    ];
  });
}

function keysWith(
  { pairs, reach }: GraphModel,
  { from, to }: ReachChange,
  set: ReachChange["opened"],
): readonly string[] {
  const [i, j] = [pairs.indexByKey.get(placeKey(from)), pairs.indexByKey.get(placeKey(to))];
  if (i === undefined || j === undefined) return [];
  return pairKeySets(reach, i, j).flatMap((use) => (isEmpty(intersect(use.set, set)) ? [] : [keyId(use.key)]));
}
