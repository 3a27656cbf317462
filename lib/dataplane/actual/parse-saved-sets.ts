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
