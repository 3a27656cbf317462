import { OUR_PREFIX } from "#dataplane/desired/names/chain-names.ts";
import { type SetGeneration, setName } from "#dataplane/desired/names/set-names.ts";
import type { RuleLine } from "#dataplane/desired/rules/rule-line.ts";
import type { WrittenLine } from "#dataplane/plan/plan-step.ts";
import type { Family } from "#policy/rule.ts";
import type { Tag } from "#policy/tag.ts";

/** Which set of a tag rules shall name. */
export type SetNamer = (tag: Tag) => string;

/** Names sets of one family by their generation; generation `a` where nothing else is said. */
export function setNamer(family: Family, generations: ReadonlyMap<Tag, SetGeneration>): SetNamer {
  return (tag) => setName(family, generations.get(tag) ?? "a", tag);
}

/** A line with real set names and its comment, as iptables-restore reads it and as the kernel will show it. */
export function writtenLine(line: RuleLine, nameSet: SetNamer): WrittenLine {
  const spec = line.spec.replace(/\{([^}]+)\}/g, (_, tag: Tag) => nameSet(tag));
  const uses = line.uses.map(({ tag, side, negated }) => ({ set: nameSet(tag), side, negated }));
  const target = new RegExp(`-[gj] (${OUR_PREFIX}\\S+)`).exec(spec)?.[1];
  return {
    text: `-m comment --comment "tortie:${line.hash} ${line.comment}" ${spec}`,
    line: {
      key: lineKey(
        line.hash,
        uses.map(({ set }) => set),
      ),
      isOurs: true,
      uses,
      effect: line.effect,
      ...(target !== undefined && { target }),
    },
  };
}

/** What makes two lines the same: the content's hash and the sets it names. */
export function lineKey(hash: string, sets: readonly string[]): string {
  return [hash, ...sets].join(" ");
}
