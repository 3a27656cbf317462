import { canonicalKey } from "#policy/canonical-rule.ts";
import type { Rule } from "#policy/rule.ts";
import { commentsOf, type ParkedRule, parkedPlaces, type SidecarList } from "#policy/sidecar/sidecar.ts";

/** What is beside the rows of one list: a comment per rule, and the parked rules by how many rules are before them. */
export type BesideRows = {
  readonly comments: readonly (string | undefined)[];
  readonly parkedByPlace: ReadonlyMap<number, readonly { readonly parked: ParkedRule; readonly key: string }[]>;
  readonly parkedCount: number;
};

export const NOTHING_BESIDE: BesideRows = { comments: [], parkedByPlace: new Map(), parkedCount: 0 };

/** Puts comments and parked rules at their rows. */
export function besideRows(rules: readonly Rule[], list: SidecarList): BesideRows {
  const places = parkedPlaces(rules, list);
  const parkedByPlace = new Map<number, { readonly parked: ParkedRule; readonly key: string }[]>();
  for (const [index, parked] of list.parked.entries()) {
    const place = places[index] ?? 0;
    const there = parkedByPlace.get(place) ?? [];
    there.push({ parked, key: `parked ${index} ${canonicalKey(parked.rule)}` });
    parkedByPlace.set(place, there);
  }
  return { comments: commentsOf(rules, list), parkedByPlace, parkedCount: list.parked.length };
}
