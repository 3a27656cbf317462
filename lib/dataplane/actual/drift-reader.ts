/*
 * The audit's reading: finds what another program changed, at little cost while nothing is. Rules: where nobody but us
 * wrote they are not read; else their text is compared by its hash, and parsed only when that is new. Sets: their headers
 * are read, and members where a header differs. One member for another changes no header, and the kernel tells nobody of
 * sets; so members are read as well, as many at each audit as may be, by their hash again: all of them at every audit where
 * they are not too many, and within `rounds` audits in any case. Then the tables are read too, whatever the watch says.
 */
import { hash } from "node:crypto";
import { isSavedAs, parseSavedSets } from "#dataplane/actual/parse-saved-sets.ts";
import { parseSavedTables } from "#dataplane/actual/parse-saved-tables.ts";
import { fitsHeader, parseSetHeaders, type SetHeader } from "#dataplane/actual/parse-set-headers.ts";
import type { TableWatch } from "#dataplane/actual/table-watch.ts";
import type { KernelTools } from "#dataplane/apply/kernel-tools.ts";
import { CommandFailedError, type ReadCommand } from "#dataplane/apply/run-command.ts";
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
  readonly read: ReadCommand;
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

function tablesReader({ read: readOut, tools, watch, rounds }: DriftReaderDeps, writes: Writes) {
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
      const text = (await readOut(tools.saveTables(family))).toString("utf8");
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
  return hash("sha1", lasting, "base64");
}

type Sets = KernelState["sets"];

function setsReader({ read, tools, rounds, membersAnAudit }: DriftReaderDeps) {
  const list = setLister(read, tools);
  const parse = memberParser();
  const parseHeaders = headerParser();
  const turn = rotation(rounds, membersAnAudit);
  return async (believed: Sets): Promise<Sets> => {
    const listed = await list(turn(believed));
    const headers = parseHeaders(listed.headers);
    const found = parse(listed.members, believed);
    const odd = oddNames(headers, found, believed);
    if (odd.length > 0) {
      const again = await list(odd);
      for (const [name, set] of parse(again.members, believed)) found.set(name, set);
    }
    return merged(headers, found, believed);
  };
}

/** Sets whose header tells of something else than what was read of them, or is believed. */
function oddNames(headers: ReadonlyMap<string, SetHeader>, found: Sets, believed: Sets): readonly string[] {
  const odd: string[] = [];
  for (const [name, header] of headers) {
    if (!fitsHeader(found.get(name) ?? believed.get(name), header)) odd.push(name);
  }
  return odd;
}

/** What was read, and what was believed of the rest; the same value as believed where nothing differs. */
function merged(headers: ReadonlyMap<string, SetHeader>, found: Sets, believed: Sets): Sets {
  const isSame = headers.size === believed.size && allAsBelieved(headers, found, believed);
  if (isSame) return believed;
  const sets = new Map<string, KernelSet>();
  for (const name of headers.keys()) {
    const set = found.get(name) ?? believed.get(name);
    if (set !== undefined) sets.set(name, set);
  }
  return sets;
}

function allAsBelieved(headers: ReadonlyMap<string, SetHeader>, found: Sets, believed: Sets): boolean {
  for (const name of headers.keys()) if (!believed.has(name)) return false;
  for (const [name, set] of found) if (believed.get(name) !== set) return false;
  return true;
}

/**
 * Which sets' members an audit reads: all in turn, whole sets, as many members an audit as it takes on average. After a
 * set that is larger than that, audits read none until it is made up for.
 */
function rotation(rounds: number, membersAnAudit: number) {
  // Sets that still want reading in this turn, how many members an audit may read, and what is left of that.
  let waiting: string[] = [];
  let share = 0;
  let left = 0;
  return (believed: Sets): readonly string[] => {
    if (waiting.length === 0) {
      waiting = [...believed.keys()];
      const all = waiting.reduce((sum, name) => sum + sizeOf(believed, name), 0);
      share = Math.max(Math.ceil(all / rounds), membersAnAudit);
    }
    const names: string[] = [];
    left = Math.min(left, 0) + share;
    while (left > 0 && waiting.length > 0) {
      const name = waiting.shift() ?? "";
      if (!believed.has(name)) continue;
      left -= sizeOf(believed, name);
      names.push(name);
    }
    return names;
  };
}

/** A set that is empty costs something as well. */
function sizeOf(sets: Sets, name: string): number {
  return (sets.get(name)?.members.size ?? 0) + 1;
}

type KnownSet = { readonly set: KernelSet; readonly digest: string };

/** Parses members; a set whose text was found to be as believed is not parsed again while both stay the same. */
function memberParser() {
  const known = new Map<string, KnownSet>();
  return (members: Buffer, believed: Sets): Map<string, KernelSet> => {
    const found = new Map<string, KernelSet>();
    for (const [name, text] of savedTexts(members)) {
      const digest = hash("sha1", text, "base64");
      const [set, last] = [believed.get(name), known.get(name)];
      if (set !== undefined && last?.set === set && last.digest === digest) {
        found.set(name, set);
        continue;
      }
      const saved = text.toString("latin1");
      const parsed = set !== undefined && isSavedAs(saved, set) ? set : parseSavedSets(saved).get(name);
      if (parsed === undefined) continue;
      const isAsBelieved = parsed === set || sameSet(set, parsed);
      found.set(name, set !== undefined && isAsBelieved ? set : parsed);
      if (set !== undefined && isAsBelieved) known.set(name, { set, digest });
    }
    for (const name of known.keys()) if (!believed.has(name)) known.delete(name);
    return found;
  };
}

/** Parses headers; a text that is the last one is not parsed again. */
function headerParser() {
  let last: { readonly digest: string; readonly headers: ReadonlyMap<string, SetHeader> } | undefined;
  return (text: Buffer): ReadonlyMap<string, SetHeader> => {
    const digest = hash("sha1", text, "base64");
    if (last?.digest !== digest) last = { digest, headers: parseSetHeaders(text.toString("utf8")) };
    return last.headers;
  };
}

type ListedSets = { readonly members: Buffer; readonly headers: Buffer };

/** Members of the named sets, and the headers of all, by one program; by two when a named set is gone. */
function setLister(read: ReadCommand, tools: KernelTools) {
  return async (names: readonly string[]): Promise<ListedSets> => {
    try {
      // A line's options hold for every line behind it: "-t" has to come last, and "save" set the form of the output.
      const input = `${names.map((name) => `save ${name}\n`).join("")}list -output plain -terse\n`;
      const both = await read(tools.restoreSets, { input });
      const start = startOfHeaders(both);
      if (start === both.length) return { members: both, headers: await read(tools.listSets) };
      return { members: both.subarray(0, start), headers: both.subarray(start) };
    } catch (error) {
      if (!(error instanceof CommandFailedError)) throw error;
      return { members: await read(tools.saveSets), headers: await read(tools.listSets) };
    }
  };
}

const TITLE = "Name: ";

function startOfHeaders(text: Buffer): number {
  if (text.subarray(0, TITLE.length).toString("latin1") === TITLE) return 0;
  const before = text.indexOf(`\n${TITLE}`);
  return before < 0 ? text.length : before + 1;
}

const NEXT_SET = "\ncreate ";

/** What was saved of each set. */
function* savedTexts(saved: Buffer): Generator<readonly [name: string, text: Buffer]> {
  for (let start = 0; start < saved.length; ) {
    const next = saved.indexOf(NEXT_SET, start);
    const end = next < 0 ? saved.length : next + 1;
    const own = saved.subarray(start, end);
    const line = own.subarray(0, Math.max(0, own.indexOf("\n"))).toString("utf8");
    yield [line.split(" ", 2)[1] ?? "", own];
    start = end;
  }
}
