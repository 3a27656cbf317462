import { type SetGeneration, setName } from "#dataplane/desired/names/set-names.ts";
import type { RuleLine } from "#dataplane/desired/rules/rule-line.ts";
import type { Family } from "#policy/rule.ts";
import type { Tag } from "#policy/tag.ts";

/** Which set of a tag rules name. */
export type SetNamer = (tag: Tag) => string;

/** Names sets of one family by their generation; generation `a` where nothing else is said. */
export function setNamer(family: Family, generations: ReadonlyMap<Tag, SetGeneration> = new Map()): SetNamer {
  return (tag) => setName(family, generations.get(tag) ?? "a", tag);
}

/** A line as iptables-restore reads it after `-A CHAIN`: comment first, real set names. */
export function lineText(line: RuleLine, nameSet: SetNamer): string {
  if (line.comment === "") return lineSpec(line, nameSet);
  return `-m comment --comment "tortie:${line.hash} ${line.comment}" ${lineSpec(line, nameSet)}`;
}

/** Matches and target with real set names. */
export function lineSpec(line: RuleLine, nameSet: SetNamer): string {
  return line.uses.length === 0 ? line.spec : line.spec.replace(/\{([^}]+)\}/g, (_, tag: Tag) => nameSet(tag));
}
