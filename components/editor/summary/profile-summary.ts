import { connectionItems } from "#analysis/format/connection-text.ts";
import type { Reachability } from "#analysis/reach/reachability.ts";
import { placeName } from "#components/reach/place-key.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Direction } from "#policy/rule.ts";

/** One place at the other end, and what the draft does to it. */
export type SummaryPlace = { readonly name: string; readonly change: "stays" | "opens" | "closes" };

/** One port or kind of traffic, and everybody it is open to. */
export type SummaryRow = { readonly what: string; readonly places: readonly SummaryPlace[] };

/** Who reaches a profile and what it reaches, port by port. */
export type ProfileSummary = Readonly<Record<Direction, readonly SummaryRow[]>>;

/** Both directions of one profile as two answers of the judge have them. */
export function summarise(before: Reachability, after: Reachability, id: ProfileId): ProfileSummary {
  return {
    inbound: rowsOf(itemsByPlace(before, id, "inbound"), itemsByPlace(after, id, "inbound")),
    outbound: rowsOf(itemsByPlace(before, id, "outbound"), itemsByPlace(after, id, "outbound")),
  };
}

type ItemsByPlace = ReadonlyMap<string, ReadonlySet<string>>;

function itemsByPlace(reach: Reachability, id: ProfileId, direction: Direction): ItemsByPlace {
  const at = reach.nodes.findIndex((node) => node.kind === "profile" && node.id === id);
  const items = new Map<string, ReadonlySet<string>>();
  if (at < 0) return items;
  let anywhere: ReadonlySet<string> = new Set();
  for (const [index, node] of reach.nodes.entries()) {
    const relation = direction === "inbound" ? reach.relation(index, at) : reach.relation(at, index);
    const found = relation === undefined ? [] : connectionItems(relation.allowed);
    if (node.kind === "world") anywhere = new Set(found);
    // What an address range only repeats of Anywhere is said once.
    const own = node.kind === "cidr" ? found.filter((item) => !anywhere.has(item)) : found;
    if (own.length > 0) items.set(placeName(node), new Set(own));
  }
  return items;
}

function rowsOf(before: ItemsByPlace, after: ItemsByPlace): readonly SummaryRow[] {
  const placesByItem = new Map<string, SummaryPlace[]>();
  for (const name of new Set([...after.keys(), ...before.keys()])) {
    const [was, is] = [before.get(name), after.get(name)];
    for (const item of new Set([...(is ?? []), ...(was ?? [])])) {
      const change = !was?.has(item) ? "opens" : is?.has(item) ? "stays" : "closes";
      const places = placesByItem.get(item);
      if (places === undefined) placesByItem.set(item, [{ name, change }]);
      else places.push({ name, change });
    }
  }
  return [...placesByItem].map(([what, places]) => ({ what, places }));
}
