import { OUR_PREFIX } from "#dataplane/desired/names/chain-names.ts";
import type { Family } from "#policy/rule.ts";
import { shorten } from "#policy/shorten.ts";
import type { Tag } from "#policy/tag.ts";

/** Which of a tag's two sets rules name now; a change that cannot be made in place fills the other one (I5). */
export type SetGeneration = "a" | "b";

// ipset holds 31 characters; "tortie-4a-" takes ten of them.
const SUFFIX_LENGTH = 21;

// Long tags are hashed, and every plan names every set.
const names = new Map<Tag, Partial<Record<`${Family}${SetGeneration}`, string>>>();
const MAX_TAGS = 100_000;

/** The set of a tag's addresses of one family. */
export function setName(family: Family, generation: SetGeneration, tag: Tag): string {
  let known = names.get(tag);
  if (known === undefined) {
    if (names.size >= MAX_TAGS) names.clear();
    known = {};
    names.set(tag, known);
  }
  const place = `${family}${generation}` as const;
  known[place] ??= `${OUR_PREFIX}${place}-${shorten(tag, SUFFIX_LENGTH)}`;
  return known[place];
}
