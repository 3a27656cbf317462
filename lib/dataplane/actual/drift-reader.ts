/*
 * The audit's reading: finds what another program changed, at little cost while nothing is. Rules: where nobody but us
 * wrote they are not read; else their text is compared by its hash, and parsed only when that is new. Sets: their headers
 * are read, and members where a header differs. One member for another changes no header, and the kernel tells nobody of
 * sets; so members are read as well, as many at each audit as may be, by their hash again: all of them at every audit where
 * they are not too many, and within `rounds` audits in any case. Then the tables are read too, whatever the watch says.
 */
import { createHash } from "node:crypto";
import { parseSavedSets } from "#dataplane/actual/parse-saved-sets.ts";
import { parseSavedTables } from "#dataplane/actual/parse-saved-tables.ts";
import { fitsHeader, parseSetHeaders } from "#dataplane/actual/parse-set-headers.ts";
import type { TableWatch } from "#dataplane/actual/table-watch.ts";
import type { KernelTools } from "#dataplane/apply/kernel-tools.ts";
import { CommandFailedError, type RunCommand } from "#dataplane/apply/run-command.ts";
import { sameSet } from "#dataplane/plan/adopt-drift.ts";
import type { KernelSet, KernelState } from "#dataplane/plan/kernel-state.ts";
import type { Family } from "#policy/rule.ts";

export interface DriftReader {
  /** What the kernel holds, given what is believed; what is as believed is the same value. */
  read(believed: KernelState): Promise<KernelState>;
  /** To be called around everything that writes tables. */
  writingTables<T>(write: () => Promise<T>): Promise<T>;
}

export type DriftReaderDeps = {
  readonly run: RunCommand;
  readonly tools: KernelTools;
  readonly watch: TableWatch;
  /** Within so many audits everything is read. */
  readonly rounds: number;
  /** An audit reads at least so many members, where there are so many. */
  readonly membersAnAudit: number;
};

/** A reader that knows nothing yet. One reading is under way at a time; writing may go on beside it. */
export function driftReader(deps: DriftReaderDeps): DriftReader {
  const writes = { begun: 0, underWay: 0 };
  const tables = tablesReader(deps, writes);
  const sets = setsReader(deps);
  return {
    async read(believed) {
      const [readSets, families] = await Promise.all([sets(believed.sets), tables(believed.families)]);
      return { sets: readSets, families };
    },
    async writingTables(write) {
      writes.begun += 1;
      writes.underWay += 1;
      try {
        return await write();
      } finally {
        writes.underWay -= 1;
      }
    },
  };
}

type Writes = { readonly begun: number; readonly underWay: number };
type Families = KernelState["families"];

function tablesReader({ run, tools, watch, rounds }: DriftReaderDeps, writes: Writes) {
  // What texts were read, and how often we had written then; a text is known as long as we write nothing.
  let known: { readonly hashes: ReadonlyMap<Family, string>; readonly writes: number } | undefined;
  let isSure = false;
  let untilAll = rounds;
  let writesAtNews = 0;
  return async (believed: Families): Promise<Families> => {
    const begun = writes.begun;
    const hasNews = await watch.takeNews(begun !== writesAtNews);
    writesAtNews = begun;
    untilAll -= 1;
    if (!hasNews && isSure && untilAll > 0) return believed;
    isSure = false;
    untilAll = rounds;
    const hashes = new Map<Family, string>();
    const read = async (family: Family, old: Families extends ReadonlyMap<Family, infer T> ? T : never) => {
      const text = await run(tools.saveTables(family));
      const hash = hashOfSaved(text);
      hashes.set(family, hash);
      const isKnown = known?.writes === writes.begun && known.hashes.get(family) === hash;
      return [family, isKnown ? old : parseSavedTables(text)] as const;
    };
    const wasStill = writes.underWay === 0;
    const before = writes.begun;
    const found = new Map(await Promise.all([...believed].map(([family, old]) => read(family, old))));
    isSure = wasStill && before === writes.begun;
    known = isSure ? { hashes, writes: before } : undefined;
    return found;
  };
}

/** A hash of what iptables-save printed, without what changes by itself: its dates and the counters of policies. */
export function hashOfSaved(text: string): string {
  const lasting = text.replace(/^#.*\n/gm, "").replace(/^(:\S+ \S+) \[\d+:\d+\]$/gm, "$1");
  return createHash("sha1").update(lasting).digest("base64");
}

type Sets = KernelState["sets"];

function setsReader({ run, tools, rounds, membersAnAudit }: DriftReaderDeps) {
  const readMembers = memberReader(run, tools);
  // Sets whose members still want reading in this turn of the rotation, and how many members an audit reads.
  let waiting: string[] = [];
  let share = 0;
  const next = (believed: Sets): readonly string[] => {
    if (waiting.length === 0) {
      waiting = [...believed.keys()];
      const all = waiting.reduce((sum, name) => sum + sizeOf(believed, name), 0);
      share = Math.max(Math.ceil(all / rounds), membersAnAudit);
    }
    const names: string[] = [];
    for (let left = share; left > 0 && waiting.length > 0; ) {
      const name = waiting.shift() ?? "";
      left -= sizeOf(believed, name);
      names.push(name);
    }
    return names;
  };
  return async (believed: Sets): Promise<Sets> => {
    const headers = parseSetHeaders(await run(tools.listSets));
    const wanted = new Set(next(believed).filter((name) => headers.has(name)));
    for (const [name, header] of headers) if (!fitsHeader(believed.get(name), header)) wanted.add(name);
    const read = wanted.size === 0 ? new Map<string, KernelSet>() : await readMembers(wanted, believed);
    const found = new Map<string, KernelSet>();
    for (const name of headers.keys()) {
      const set = read.get(name) ?? believed.get(name);
      if (set !== undefined) found.set(name, set);
    }
    return found;
  };
}

/** A set that is empty costs something as well. */
function sizeOf(sets: Sets, name: string): number {
  return (sets.get(name)?.members.size ?? 0) + 1;
}

type KnownSet = { readonly set: KernelSet; readonly hash: string };

/** Reads members; a set whose text was found to be as believed is not parsed again while both stay the same. */
function memberReader(run: RunCommand, tools: KernelTools) {
  const known = new Map<string, KnownSet>();
  return async (names: ReadonlySet<string>, believed: Sets): Promise<Sets> => {
    const found = new Map<string, KernelSet>();
    for (const [name, text] of savedTexts(await savedSets(run, tools, names))) {
      const hash = createHash("sha1").update(text).digest("base64");
      const [set, last] = [believed.get(name), known.get(name)];
      if (set !== undefined && last?.set === set && last.hash === hash) {
        found.set(name, set);
        continue;
      }
      const parsed = parseSavedSets(text).get(name);
      if (parsed === undefined) continue;
      const isAsBelieved = sameSet(set, parsed);
      found.set(name, set !== undefined && isAsBelieved ? set : parsed);
      if (set !== undefined && isAsBelieved) known.set(name, { set, hash });
    }
    for (const name of known.keys()) if (!believed.has(name)) known.delete(name);
    return found;
  };
}

/** The members of some sets; of all when one of them is gone meanwhile. */
async function savedSets(run: RunCommand, tools: KernelTools, names: ReadonlySet<string>): Promise<string> {
  const input = [...names].map((name) => `save ${name}\n`).join("");
  try {
    return await run(tools.restoreSets, { input });
  } catch (error) {
    if (!(error instanceof CommandFailedError)) throw error;
    return run(tools.saveSets);
  }
}

/** What was saved of each set. */
function* savedTexts(text: string): Generator<readonly [name: string, text: string]> {
  for (let start = 0; start < text.length; ) {
    const next = text.indexOf("\ncreate ", start);
    const end = next < 0 ? text.length : next + 1;
    const own = text.slice(start, end);
    yield [own.split(" ", 2)[1] ?? "", own];
    start = end;
  }
}
