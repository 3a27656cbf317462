import type { Rule } from "#policy/rule.ts";

/** Which rule of one list became which of another. Rules are the same when they are stored the same. */
export type Pairing = {
  /** For each rule after: the index before it comes from; absent for a new rule. */
  readonly sources: readonly (number | undefined)[];
  /** Indexes after whose rule was changed where it stands. */
  readonly changed: ReadonlySet<number>;
  /** Indexes before that keep their order; whatever else stays is moved around them. */
  readonly anchors: ReadonlySet<number>;
};

/** Pairs identical rules so that few have to move, then takes what is left at the same place for a changed rule. */
export function pairRules(before: readonly Rule[], after: readonly Rule[]): Pairing {
  const identical = pairIdentical(
    before.map((rule) => JSON.stringify(rule)),
    after.map((rule) => JSON.stringify(rule)),
  );
  const rise = longestRise(identical.filter((source) => source !== undefined));
  const changes = pairChanged(before.length, identical, new Set(rise));
  return {
    sources: identical.map((source, index) => source ?? changes.get(index)),
    changed: new Set(changes.keys()),
    // A changed rule keeps its place among its neighbours, so it is an anchor too.
    anchors: new Set([...rise, ...changes.values()]),
  };
}

/** The common beginning and end first: among equal rules those are the ones nobody touched. */
function pairIdentical(before: readonly string[], after: readonly string[]): (number | undefined)[] {
  const sources: (number | undefined)[] = after.map(() => undefined);
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) sources[head] = head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) {
    tail += 1;
    sources[after.length - tail] = before.length - tail;
  }
  const free = new Map<string, number[]>();
  for (let index = before.length - tail - 1; index >= head; index -= 1) {
    const text = before[index] ?? "";
    const same = free.get(text);
    if (same === undefined) free.set(text, [index]);
    else same.push(index);
  }
  for (let index = head; index < after.length - tail; index += 1) sources[index] = free.get(after[index] ?? "")?.pop();
  return sources;
}

/** The longest ascending run of the numbers, gaps allowed (patience sorting). */
function longestRise(numbers: readonly number[]): readonly number[] {
  const ends: number[] = [];
  const previous = new Map<number, number | undefined>();
  for (const number of numbers) {
    const pile = firstNotBelow(ends, number);
    previous.set(number, ends[pile - 1]);
    ends[pile] = number;
  }
  const rise: number[] = [];
  for (let number = ends.at(-1); number !== undefined; number = previous.get(number)) rise.push(number);
  return rise;
}

/** Index of the first of the ascending numbers that is not below the limit; their count when all are. */
function firstNotBelow(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? limit) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Between two neighbouring anchors the rules that went and the rules that came are taken for changes, in order.
 * Gives the index before for each index after.
 */
function pairChanged(
  beforeCount: number,
  sources: readonly (number | undefined)[],
  anchors: ReadonlySet<number>,
): ReadonlyMap<number, number> {
  const kept = new Set(sources);
  const changes = new Map<number, number>();
  let start = 0;
  let arrived: number[] = [];
  const closeGap = (end: number) => {
    for (let index = start; index < end && arrived.length > 0; index += 1) {
      const changed = kept.has(index) ? undefined : arrived.shift();
      if (changed !== undefined) changes.set(changed, index);
    }
    arrived = [];
    start = end + 1;
  };
  for (const [index, source] of sources.entries()) {
    if (source === undefined) arrived.push(index);
    else if (anchors.has(source)) closeGap(source);
  }
  closeGap(beforeCount);
  return changes;
}
