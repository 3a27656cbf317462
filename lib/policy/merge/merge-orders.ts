/** A rule of a merged list: where it stood in the base and stands on each side, and who moved it. */
export type Item = {
  readonly base?: number;
  readonly theirs?: number | undefined;
  readonly yours?: number | undefined;
  readonly isMovedByThem?: boolean;
  readonly isMovedByYou?: boolean;
};

type Side = "theirs" | "yours";

/** Two orders of the items, as their numbers; the same order twice unless it is open who stands before whom. */
export type MergedOrders = { readonly theirs: readonly number[]; readonly yours: readonly number[] };

/**
 * Each pair of rules has one wanted order: the one that a side changed it to, else the one both have. The lists of both
 * sides are taken as they are in turn, and what the other side moved or added is put where the fewest of those wishes are
 * broken. Where the wishes leave one order only, both ways end in it.
 */
export function mergeOrders(items: readonly Item[]): MergedOrders {
  return { theirs: orderAfter(items, "theirs"), yours: orderAfter(items, "yours") };
}

function orderAfter(items: readonly Item[], first: Side): readonly number[] {
  const second = first === "theirs" ? "yours" : "theirs";
  const numbers = items.map((_, number) => number);
  const isPlaced = (number: number) => {
    const item = items[number] ?? {};
    return item[first] === undefined || (isMovedBy(item, second) && !isMovedBy(item, first));
  };
  const by = (side: Side) => (a: number, b: number) => (items[a]?.[side] ?? 0) - (items[b]?.[side] ?? 0);
  const order = numbers.filter((number) => !isPlaced(number)).sort(by(first));
  for (const number of numbers.filter(isPlaced).sort(by(second))) {
    order.splice(bestPlace(order, items, number), 0, number);
  }
  return order;
}

function isMovedBy(item: Item, side: Side): boolean {
  return (side === "theirs" ? item.isMovedByThem : item.isMovedByYou) === true;
}

/** Where the fewest wishes are broken; of several such places right behind its predecessor, or at the end of its list. */
function bestPlace(order: readonly number[], items: readonly Item[], number: number): number {
  const item = items[number] ?? {};
  const wishes = order.map((other) => wish(items[other] ?? {}, item));
  let broken = wishes.filter((each) => each < 0).length;
  // What is first in its list goes right before its successor.
  const isLate = !wishes.includes(1) || !wishes.includes(-1);
  let best = { place: 0, broken };
  for (const [index, each] of wishes.entries()) {
    broken += each;
    if (broken < best.broken || (isLate && broken === best.broken)) best = { place: index + 1, broken };
  }
  return best.place;
}

/** -1 when `a` is to stand before `b`, 1 behind it, 0 when nobody has seen both where they are to stand. */
function wish(a: Item, b: Item): -1 | 0 | 1 {
  const [theirs, yours, base] = [placed(a.theirs, b.theirs), placed(a.yours, b.yours), placed(a.base, b.base)];
  if (theirs === yours) return theirs;
  if (yours === 0) return isMovedBy(a, "yours") || isMovedBy(b, "yours") ? 0 : theirs;
  if (theirs === 0) return isMovedBy(a, "theirs") || isMovedBy(b, "theirs") ? 0 : yours;
  // They differ, so one of them is as it was in the base: the other one was meant.
  if (base === 0) return 0;
  return theirs === base ? yours : theirs;
}

function placed(a: number | undefined, b: number | undefined): -1 | 0 | 1 {
  if (a === undefined || b === undefined || a === b) return 0;
  return a < b ? -1 : 1;
}
