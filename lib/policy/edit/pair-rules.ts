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
  const unmoved = chooseUnmoved(before.length, identical);
  const changes = pairChanged(before.length, identical, new Set(unmoved));
  return {
    sources: identical.map((source, index) => source ?? changes.get(index)),
    changed: new Set(changes.keys()),
    // A changed rule keeps its place among its neighbours, so it is an anchor too.
    anchors: new Set([...unmoved, ...changes.values()]),
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

/** A rule that both lists hold, on the way from the top: the best that can be done up to it, and through which one. */
type Step = {
  readonly source: number;
  readonly index: number;
  readonly gain: number;
  readonly previous: Step | undefined;
};

/**
 * The indexes before of the rules that need not move. Every rule that stays saves a move, and every rule that is
 * changed between two that stay saves a removal and an insertion for one change; the choice saves the most.
 */
function chooseUnmoved(beforeCount: number, sources: readonly (number | undefined)[]): readonly number[] {
  const kept = new Set(sources);
  const gone = countUpTo(Array.from({ length: beforeCount }, (_, index) => !kept.has(index)));
  const arrived = countUpTo(sources.map((source) => source === undefined));
  const start: Step = { source: -1, index: -1, gain: 0, previous: undefined };
  const steps: Step[] = [start];
  const extend = (source: number, index: number): Step => {
    let best = start;
    let gain = -1;
    for (const step of steps) {
      if (step.source >= source) continue;
      const changed = Math.min(between(gone, step.source, source), between(arrived, step.index, index));
      if (step.gain + changed < gain) continue;
      gain = step.gain + changed;
      best = step;
    }
    return { source, index, gain: gain + 1, previous: best };
  };
  for (const [index, source] of sources.entries()) if (source !== undefined) steps.push(extend(source, index));
  const unmoved: number[] = [];
  const end = extend(beforeCount, sources.length);
  for (let step: Step | undefined = end.previous; step !== undefined && step !== start; step = step.previous)
    unmoved.push(step.source);
  return unmoved;
}

/** For each place, how many of the claims before it are true. */
function countUpTo(claims: readonly boolean[]): readonly number[] {
  const counts = [0];
  for (const claim of claims) counts.push((counts.at(-1) ?? 0) + (claim ? 1 : 0));
  return counts;
}

/** How many true claims lie between two places, neither included. */
function between(counts: readonly number[], from: number, to: number): number {
  return (counts[to] ?? 0) - (counts[from + 1] ?? 0);
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
