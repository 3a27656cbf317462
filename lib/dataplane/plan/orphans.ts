/*
 * Orphans: chains and sets of ours that no policy of this run names, left by an earlier layout or by a run that was killed.
 * Goal: they stay for a while, so that whoever goes back to the earlier version finds them, and not for ever; nobody comes
 * to them meanwhile, since the COMMIT that brings the policy takes out every way to them. Since when each has been waiting
 * stands in the kernel beside them, in a chain of its own: so it survives a restart, and ends with them at a reboot.
 */
import { FRAME, OUR_PREFIX } from "#dataplane/desired/names/chain-names.ts";
import { setName } from "#dataplane/desired/names/set-names.ts";
import type { FamilyPolicy, NodePolicy, TableName, TablePolicy } from "#dataplane/desired/node-policy.ts";
import { bareLine, type Chain } from "#dataplane/desired/rules/rule-line.ts";
import type { KernelLine, KernelState } from "#dataplane/plan/kernel-state.ts";
import type { Family } from "#policy/rule.ts";

export type Orphan = { readonly family: Family; readonly place: TableName | "set"; readonly name: string };

/** An orphan, and since when it is known, in milliseconds of the epoch. */
export type WaitingOrphan = Orphan & { readonly sinceMs: number };

const RECORD_CHAIN = `${OUR_PREFIX}orphans`;
const TABLES: readonly TableName[] = ["raw", "filter"];

/**
 * The orphans among what the kernel has, none of which is named by these policies. Left out is what holds something the
 * policies name, a set or a chain: it would be in the way of the next change.
 */
export function orphansIn(state: KernelState, policies: readonly NodePolicy[]): readonly Orphan[] {
  return [...state.families].flatMap(([family, tables]) => {
    const named = namesOf(family, policies);
    const isOrphan = (place: Orphan["place"], name: string) =>
      /^tortie-[A-Za-z0-9_.-]+$/.test(name) && name !== RECORD_CHAIN && !named.has(`${place} ${name}`);
    const sets = [...state.sets].filter(([name, set]) => set.family === family && isOrphan("set", name));
    const setNames = new Set(sets.map(([name]) => name));
    const chains = TABLES.flatMap((table) => {
      const found = [...tables[table]].filter(([name]) => isOrphan(table, name));
      return selfContained(new Map(found), setNames).map((name): Orphan => ({ family, place: table, name }));
    });
    return [...chains, ...sets.map(([name]): Orphan => ({ family, place: "set", name }))];
  });
}

/** Chains that lead only to each other, and name only these sets. */
function selfContained(chains: Map<string, readonly KernelLine[]>, sets: ReadonlySet<string>): readonly string[] {
  const holdsOther = ({ uses, target }: KernelLine) =>
    uses.some(({ set }) => set.startsWith(OUR_PREFIX) && !sets.has(set)) ||
    (target !== undefined && target !== FRAME.accept && !chains.has(target));
  for (let before = -1; before !== chains.size; ) {
    before = chains.size;
    for (const [name, lines] of chains) if (lines.some(holdsOther)) chains.delete(name);
  }
  return [...chains.keys()];
}

function namesOf(family: Family, policies: readonly NodePolicy[]): ReadonlySet<string> {
  const own = policies.flatMap(({ families }) => families.filter((one) => one.family === family));
  const names = new Set<string>();
  for (const { tables, walls, sets } of own) {
    for (const { table, chains } of [...tables, ...walls])
      for (const name of chains.keys()) names.add(`${table} ${name}`);
    for (const tag of sets.keys()) for (const one of ["a", "b"] as const) names.add(`set ${setName(family, one, tag)}`);
  }
  return names;
}

/** Since when orphans wait, as the kernel remembers it; by `orphanKey`. */
export function recordedOrphans({ families }: KernelState): ReadonlyMap<string, number> {
  const recorded = new Map<string, number>();
  for (const [family, { filter }] of families) {
    for (const { key } of filter.get(RECORD_CHAIN) ?? []) {
      const [, place, name, since] =
        /^-m comment --comment "(raw|filter|set) (\S+) since (\d+)" -j RETURN$/.exec(key) ?? [];
      if (place !== undefined) recorded.set(`${family} ${place} ${name}`, Number(since));
    }
  }
  return recorded;
}

/** What tells one orphan from another. */
export function orphanKey({ family, place, name }: Orphan): string {
  return `${family} ${place} ${name}`;
}

/** The policy that leaves these orphans where they are, and remembers them in the kernel. */
export function sparingOrphans(policy: NodePolicy, waiting: readonly WaitingOrphan[]): NodePolicy {
  if (waiting.length === 0) return policy;
  const families = policy.families.map((one) => {
    const own = waiting.filter(({ family }) => family === one.family);
    return own.length === 0 ? one : sparingInFamily(one, own);
  });
  return { ...policy, families };
}

function sparingInFamily(policy: FamilyPolicy, waiting: readonly WaitingOrphan[]): FamilyPolicy {
  const namesIn = (place: Orphan["place"]) => waiting.flatMap((one) => (one.place === place ? [one.name] : []));
  const isWalled = policy.tables.length < TABLES.length;
  const tables = policy.tables.map((one): TablePolicy => {
    const heldChains = new Set([...(one.heldChains ?? []), ...namesIn(one.table)]);
    if (one.table !== "filter" || isWalled) return { ...one, heldChains };
    return { ...one, heldChains, chains: new Map([...one.chains, [RECORD_CHAIN, recordChain(waiting)]]) };
  });
  return { ...policy, tables, heldSets: new Set([...(policy.heldSets ?? []), ...namesIn("set")]) };
}

/** Nobody jumps to it; its lines are there to be read. */
function recordChain(waiting: readonly WaitingOrphan[]): Chain {
  const texts = waiting.map(({ place, name, sinceMs }) => `${place} ${name} since ${Math.round(sinceMs)}`);
  return {
    name: RECORD_CHAIN,
    lines: texts.sort().map((text) => bareLine(`-m comment --comment "${text}" -j RETURN`)),
  };
}
