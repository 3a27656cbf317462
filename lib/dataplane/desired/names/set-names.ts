import { OUR_PREFIX } from "#dataplane/desired/names/chain-names.ts";
import type { Family } from "#policy/rule.ts";
import { shorten } from "#policy/shorten.ts";
import type { Tag } from "#policy/tag.ts";

/** Which of a tag's two sets rules name now; a change that cannot be made in place fills the other one (I5). */
export type SetGeneration = "a" | "b";

// ipset holds 31 characters; "tortie-4a-" takes ten of them.
const SUFFIX_LENGTH = 21;

// Long tags are hashed, and every plan names every set.
const names = new Map<string, string>();
const MAX_NAMES = 100_000;

/** The set of a tag's addresses of one family. */
export function setName(family: Family, generation: SetGeneration, tag: Tag): string {
  const key = `${family}${generation}-${tag}`;
  const known = names.get(key);
  if (known !== undefined) return known;
  if (names.size >= MAX_NAMES) names.clear();
  const name = `${OUR_PREFIX}${family}${generation}-${shorten(tag, SUFFIX_LENGTH)}`;
  names.set(key, name);
  return name;
}
