import { parseSetHeader } from "#dataplane/actual/parse-saved-sets.ts";
import { OUR_PREFIX } from "#dataplane/desired/names/chain-names.ts";
import type { KernelSet } from "#dataplane/plan/kernel-state.ts";

/** What the kernel says of a set without listing it. */
export type SetHeader = Pick<KernelSet, "family" | "maxSetSize"> & { readonly count: number };

/** Reads what `ipset list -t` printed: our sets and how many members each has. */
export function parseSetHeaders(text: string): ReadonlyMap<string, SetHeader> {
  const headers = new Map<string, SetHeader>();
  for (const block of text.split("\n\n")) {
    const name = behindTitle(block, "Name: ");
    if (!name.startsWith(OUR_PREFIX)) continue;
    const words = `${behindTitle(block, "Type: ")} ${behindTitle(block, "Header: ")}`.split(" ");
    headers.set(name, { ...parseSetHeader(words), count: Number(behindTitle(block, "Number of entries: ")) });
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

/** What stands behind a title at the beginning of a line; every audit asks this of thousands of sets. */
function behindTitle(block: string, title: string): string {
  const at = block.startsWith(title) ? 0 : block.indexOf(`\n${title}`) + 1;
  if (at === 0 && !block.startsWith(title)) return "";
  const end = block.indexOf("\n", at);
  return block.slice(at + title.length, end < 0 ? undefined : end);
}
