import { OUR_PREFIX } from "#dataplane/desired/names/chain-names.ts";
import type { KernelSet } from "#dataplane/plan/kernel-state.ts";
import { parseAddress } from "#policy/address.ts";
import type { Family } from "#policy/rule.ts";

/** Reads what `ipset save` printed: our sets and their members as canonical texts. */
export function parseSavedSets(text: string): ReadonlyMap<string, KernelSet> {
  const sets = new Map<string, KernelSet & { readonly members: Set<string> }>();
  for (const line of text.split("\n")) {
    const [verb, name = "", ...rest] = line.split(" ");
    if (!name.startsWith(OUR_PREFIX)) continue;
    if (verb === "create") sets.set(name, { ...parseSetHeader(rest), members: new Set() });
    if (verb === "add") sets.get(name)?.members.add(canonical(rest[0] ?? ""));
  }
  return sets;
}

/**
 * Whether what was saved of one set is what a set holds, in the kernel's own spelling; false where only a parse can tell.
 * Of a hundred thousand members this takes a twentieth of what parsing takes.
 */
export function isSavedAs(text: string, set: KernelSet): boolean {
  const end = text.indexOf("\n");
  const [verb, name = "", ...rest] = text.slice(0, end).split(" ");
  const header = parseSetHeader(rest);
  if (verb !== "create" || header.family !== set.family || header.maxSetSize !== set.maxSetSize) return false;
  const add = `add ${name} `;
  let members = 0;
  for (let at = end + 1; at < text.length; members += 1) {
    const next = text.indexOf("\n", at);
    if (next < 0 || !text.startsWith(add, at) || !set.members.has(text.slice(at + add.length, next))) return false;
    at = next + 1;
  }
  return members === set.members.size;
}

/** A set of another type than ours has no size we could ask for, so it is always replaced. */
export function parseSetHeader(words: readonly string[]): { readonly family: Family; readonly maxSetSize: number } {
  const wordAfter = (word: string) => words[words.indexOf(word) + 1];
  const isOurType = words[0] === "hash:ip" && !words.includes("netmask") && !words.includes("timeout");
  return {
    family: wordAfter("family") === "inet6" ? 6 : 4,
    maxSetSize: isOurType ? Number(wordAfter("maxelem")) : -1,
  };
}

function canonical(text: string): string {
  const address = parseAddress(text);
  return address.ok ? address.value.text : text;
}
