/** One edit that turns a list into another; positions are 1-based and count the list as the edits before left it. */
export type LineEdit =
  | { readonly kind: "delete"; readonly position: number }
  | { readonly kind: "insert"; readonly position: number; readonly index: number };

// Beyond this many cells a longest common subsequence costs more than rewriting the middle.
const MAX_CELLS = 4_000_000;

/**
 * The edits from `before` to `after` that keep as many lines as possible where they are, so that their counters live
 * (ADR-004). `index` is the 0-based place in `after` of a line to insert.
 */
export function diffLines(before: readonly string[], after: readonly string[]): readonly LineEdit[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const shorter = Math.min(before.length, after.length) - start;
  while (end < shorter && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const kept = keptPairs(before.slice(start, before.length - end), after.slice(start, after.length - end));
  return editsAround(kept, {
    start,
    beforeEnd: before.length - end,
    afterEnd: after.length - end,
  });
}

type Pair = readonly [before: number, after: number];
type Middle = { readonly start: number; readonly beforeEnd: number; readonly afterEnd: number };

function editsAround(kept: readonly Pair[], { start, beforeEnd, afterEnd }: Middle): readonly LineEdit[] {
  const edits: LineEdit[] = [];
  let position = start + 1;
  let fromBefore = start;
  let fromAfter = start;
  const stops: readonly Pair[] = [
    ...kept.map(([b, a]) => [b + start, a + start] as const),
    [beforeEnd, afterEnd] as const,
  ];
  for (const [stopBefore, stopAfter] of stops) {
    for (; fromBefore < stopBefore; fromBefore += 1) edits.push({ kind: "delete", position });
    for (; fromAfter < stopAfter; fromAfter += 1) {
      edits.push({ kind: "insert", position, index: fromAfter });
      position += 1;
    }
    fromBefore += 1;
    fromAfter += 1;
    position += 1;
  }
  return edits;
}

/** A longest common subsequence as pairs of indexes; none when the middle is too large to search. */
function keptPairs(before: readonly string[], after: readonly string[]): readonly Pair[] {
  const width = after.length + 1;
  if (before.length === 0 || after.length === 0 || (before.length + 1) * width > MAX_CELLS) return [];
  const lengths = new Uint32Array((before.length + 1) * width);
  for (let b = before.length - 1; b >= 0; b -= 1) {
    for (let a = after.length - 1; a >= 0; a -= 1) {
      const here = b * width + a;
      lengths[here] =
        before[b] === after[a]
          ? (lengths[here + width + 1] ?? 0) + 1
          : Math.max(lengths[here + width] ?? 0, lengths[here + 1] ?? 0);
    }
  }
  return tracePairs(before, after, lengths);
}

function tracePairs(before: readonly string[], after: readonly string[], lengths: Uint32Array): readonly Pair[] {
  const width = after.length + 1;
  const pairs: Pair[] = [];
  for (let b = 0, a = 0; b < before.length && a < after.length; ) {
    if (before[b] === after[a]) {
      pairs.push([b, a]);
      b += 1;
      a += 1;
    } else if ((lengths[(b + 1) * width + a] ?? 0) >= (lengths[b * width + a + 1] ?? 0)) b += 1;
    else a += 1;
  }
  return pairs;
}
