import { parseSetHeader } from "#dataplane/actual/parse-saved-sets.ts";
import { OUR_PREFIX } from "#dataplane/desired/names/chain-names.ts";
import type { KernelSet } from "#dataplane/plan/kernel-state.ts";

/** What the kernel says of a set without listing it. */
export type SetHeader = Pick<KernelSet, "family" | "maxSetSize"> & { readonly count: number };

/** Reads what `ipset list -t` printed: our sets and how many members each has. */
export function parseSetHeaders(text: string): ReadonlyMap<string, SetHeader> {
  const headers = new Map<string, SetHeader>();
  for (const block of text.split("\n\n")) {
    const name = wordsOf(block, "Name")[0] ?? "";
    if (!name.startsWith(OUR_PREFIX)) continue;
    const words = [...wordsOf(block, "Type"), ...wordsOf(block, "Header")];
    headers.set(name, { ...parseSetHeader(words), count: Number(wordsOf(block, "Number of entries")[0]) });
  }
  return headers;
}

/** A set that is as believed as far as its header tells. */
export function fitsHeader(set: KernelSet | undefined, header: SetHeader): boolean {
  return (
    set !== undefined &&
    set.family === header.family &&
    set.maxSetSize === header.maxSetSize &&
    set.members.size === header.count
  );
}

function wordsOf(block: string, title: string): readonly string[] {
  return new RegExp(`^${title}: (.*)$`, "m").exec(block)?.[1]?.split(" ") ?? [];
}
