/** Names that are drawn as one, and what is written on their box. A single name is its own group. */
export type NameGroup = { readonly label: string; readonly names: readonly string[] };

/**
 * Parts names into at most `target` groups by what they begin with: `WEB-*`, `P001*`. The largest group is split first, at
 * the next word of its names, or the next character where words would give too many. The same names give the same groups.
 */
export function prefixGroups(names: readonly string[], target: number): readonly NameGroup[] {
  let groups: readonly (readonly string[])[] = [[...names].sort()];
  for (;;) {
    const split = nextSplit(groups, target);
    if (split === undefined) break;
    groups = groups.flatMap((group) => (group === split.group ? split.parts : [group]));
  }
  return groups
    .filter((group) => group.length > 0)
    .map((group) => ({ label: labelOf(group), names: group }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
}

type Split = { readonly group: readonly string[]; readonly parts: readonly (readonly string[])[] };

function nextSplit(groups: readonly (readonly string[])[], target: number): Split | undefined {
  const room = target - groups.length + 1;
  const bySize = groups.filter(({ length }) => length > 1).sort((a, b) => b.length - a.length);
  for (const group of bySize) {
    for (const parts of [partsBy(group, nextWord), partsBy(group, nextCharacter)]) {
      if (parts.length > 1 && parts.length <= room) return { group, parts };
    }
  }
  return undefined;
}

function partsBy(group: readonly string[], next: (rest: string) => string): readonly (readonly string[])[] {
  const start = commonPrefix(group).length;
  const parts = new Map<string, string[]>();
  for (const name of group) {
    const word = next(name.slice(start));
    parts.set(word, [...(parts.get(word) ?? []), name]);
  }
  return [...parts.values()];
}

function nextWord(rest: string): string {
  return /^(?:[A-Za-z]+|\d+|[^A-Za-z\d]+)/.exec(rest)?.[0] ?? "";
}

function nextCharacter(rest: string): string {
  return rest.slice(0, 1);
}

function labelOf(group: readonly string[]): string {
  const [only, ...others] = group;
  return only !== undefined && others.length === 0 ? only : `${commonPrefix(group)}*`;
}

/** What all of some sorted names begin with. */
function commonPrefix(sorted: readonly string[]): string {
  const [first = "", last = ""] = [sorted[0], sorted.at(-1)];
  let length = 0;
  while (length < first.length && first[length] === last[length]) length += 1;
  return first.slice(0, length);
}
