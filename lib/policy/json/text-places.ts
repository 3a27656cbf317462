import type { TextRange } from "#policy/issue.ts";

/**
 * Turns character offsets of one text into ranges with the line and column people count from 1. Lines end at
 * `\n`, `\r\n` or `\r`; columns count UTF-16 units, as editors do.
 */
export function textPlaces(text: string): (offset: number, length: number) => TextRange {
  let starts: readonly number[] | undefined;
  return (offset, length) => {
    starts ??= lineStarts(text);
    const line = lastAtOrBefore(starts, offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1, offset, length };
  };
}

function lineStarts(text: string): readonly number[] {
  return [0, ...Array.from(text.matchAll(/\r\n|\r|\n/g), (end) => end.index + end[0].length)];
}

/** Index of the last start that is not after the offset; starts ascend and begin with 0. */
function lastAtOrBefore(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
