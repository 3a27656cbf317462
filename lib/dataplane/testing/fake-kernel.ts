import { parseSavedSets } from "#dataplane/actual/parse-saved-sets.ts";
import { parseSavedTables } from "#dataplane/actual/parse-saved-tables.ts";
import type { Kernel } from "#dataplane/apply/host-kernel.ts";
import { CommandFailedError } from "#dataplane/apply/run-command.ts";
import type { TableName } from "#dataplane/desired/node-policy.ts";
import { formatStep } from "#dataplane/plan/format-plan.ts";
import type { KernelState } from "#dataplane/plan/kernel-state.ts";
import type { Plan } from "#dataplane/plan/plan-step.ts";
import { memberNumbers, type ParsedLine, parseLine } from "#dataplane/testing/parse-line.ts";
import type { SimulatedFamily } from "#dataplane/testing/simulated-node.ts";
import type { Family } from "#policy/rule.ts";

/**
 * A kernel in memory that reads the texts the real tools would read and refuses what they would refuse. It answers
 * reads in the words of iptables-save and ipset save, so that the parsers are part of every test.
 */
export interface FakeKernel extends Kernel {
  /** Feeds one text to `ipset restore` or `iptables-restore`; a table is changed at COMMIT or not at all. */
  ipsetRestore(text: string): void;
  tablesRestore(family: Family, text: string): void;
  /** Called after every change that a packet could notice, one set member or one COMMIT at a time. */
  onChange: (() => void) | undefined;
  /** Lines it refuses, and whether it says which. */
  refuses: { readonly line: (line: string) => boolean; readonly isNamed: boolean } | undefined;
  saveTables(family: Family): string;
  saveSets(): string;
  /** For packets. */
  simulated(family: Family): SimulatedFamily;
}

type Table = Map<string, string[]>;
type Tables = Record<TableName, Table>;
type FakeSet = { header: string; readonly members: Set<string> };

const BASE_CHAINS: Readonly<Record<TableName, readonly string[]>> = {
  raw: ["PREROUTING", "OUTPUT"],
  filter: ["INPUT", "FORWARD", "OUTPUT"],
};

/** A kernel without any rule or set. */
export function fakeKernel(families: readonly Family[] = [4, 6]): FakeKernel {
  const tables = new Map<Family, Tables>(
    families.map((family) => [family, { raw: emptyTable("raw"), filter: emptyTable("filter") }]),
  );
  const sets = new Map<string, FakeSet>();
  const tablesOf = (family: Family): Tables => tables.get(family) ?? refuse(`no IPv${family}`);
  const kernel: FakeKernel = {
    onChange: undefined,
    refuses: undefined,
    async read(): Promise<KernelState> {
      const read = families.map((family) => [family, parseSavedTables(kernel.saveTables(family))] as const);
      return { sets: parseSavedSets(kernel.saveSets()), families: new Map(read) };
    },
    readDrift: () => kernel.read(),
    async run(plan: Plan) {
      for (const step of plan) {
        try {
          refuseLines(formatStep(step), kernel.refuses);
          if (step.kind === "restore-table") kernel.tablesRestore(step.family, formatStep(step));
          else kernel.ipsetRestore(formatStep(step));
        } catch (error) {
          if (error instanceof CommandFailedError) error.refused = { ...error.refused, steps: [step] };
          throw error;
        }
      }
    },
    ipsetRestore(text) {
      for (const line of text.trimEnd().split("\n")) {
        restoreSetLine(line, sets, isNamed(line.split(" ")[1] ?? "", tables));
        kernel.onChange?.();
      }
    },
    tablesRestore(family, text) {
      const own = tablesOf(family);
      const name = text.startsWith("*raw\n") ? "raw" : "filter";
      own[name] = commit(own[name], text, (set) => sets.has(set));
      kernel.onChange?.();
    },
    saveTables: (family) =>
      (["raw", "filter"] as const).map((name) => saveTable(name, tablesOf(family)[name])).join(""),
    saveSets: () => [...sets].map(([name, set]) => saveSet(name, set)).join(""),
    simulated(family) {
      const parse = (table: Table) =>
        new Map(
          [...table].map(([chain, lines]): [string, ParsedLine[]] => [
            chain,
            lines.map((line) => parseLine(line, family)),
          ]),
        );
      const own = tablesOf(family);
      const members = new Map([...sets].map(([name, set]) => [name, memberNumbers(set.members)]));
      return { raw: parse(own.raw), filter: parse(own.filter), members };
    },
  };
  return kernel;
}

/** As a kernel that lacks a module: it names the line, or keeps it to itself as legacy tables do at COMMIT. */
function refuseLines(text: string, refuses: FakeKernel["refuses"]): void {
  const line = refuses && text.split("\n").find((one) => refuses.line(one));
  if (line === undefined) return;
  const error = new CommandFailedError(["fake-kernel"], 1, "no such match");
  if (refuses?.isNamed) error.refused = { steps: [], line };
  throw error;
}

function emptyTable(name: TableName): Table {
  return new Map(BASE_CHAINS[name].map((chain) => [chain, []]));
}

function refuse(reason: string): never {
  throw new CommandFailedError(["fake-kernel"], 1, reason);
}

function restoreSetLine(line: string, sets: Map<string, FakeSet>, isInUse: boolean): void {
  const [verb, name = "", ...rest] = line.split(" ");
  const set = sets.get(name);
  if (verb === "create") {
    const header = rest.filter((word, index) => word !== "hashsize" && rest[index - 1] !== "hashsize").join(" ");
    if (set && set.header !== header) refuse(`${name} exists with other parameters`);
    if (!set) sets.set(name, { header, members: new Set() });
    return;
  }
  if (set === undefined) refuse(`${line}: no such set`);
  const member = rest[0] ?? "";
  if (verb === "add") {
    memberNumbers([member]);
    if (member === "0.0.0.0" || member === "::") refuse(`${line}: Null-valued element`);
    const maximum = Number(/maxelem (\d+)/.exec(set.header)?.[1]);
    if (!set.members.has(member) && set.members.size >= maximum) refuse(`${line}: Hash is full`);
    set.members.add(member);
  } else if (verb === "del") set.members.delete(member);
  else if (verb === "destroy") {
    if (isInUse) refuse(`${line}: in use by a kernel component`);
    sets.delete(name);
  } else refuse(`${line}: unknown command`);
}

function isNamed(set: string, tables: ReadonlyMap<Family, Tables>): boolean {
  return [...tables.values()].some((own) =>
    [...own.filter.values()].some((lines) => lines.some((line) => setsIn(line).includes(set))),
  );
}

function setsIn(line: string): readonly string[] {
  return [...line.matchAll(/--match-set (\S+)/g)].map(([, set = ""]) => set);
}

function targetIn(line: string): string | undefined {
  return / -[gj] (tortie-\S+)/.exec(` ${line}`)?.[1];
}

function commit(before: Table, text: string, hasSet: (name: string) => boolean): Table {
  const table: Table = new Map([...before].map(([chain, lines]) => [chain, [...lines]]));
  const commands = text.trimEnd().split("\n").slice(1);
  if (commands.pop() !== "COMMIT") refuse("no COMMIT");
  for (const command of commands) applyLine(table, command);
  for (const [chain, lines] of table) {
    if (chain.length > 28) refuse(`chain name ${chain} is too long`);
    for (const line of lines) {
      const target = targetIn(line);
      if (target !== undefined && !table.has(target)) refuse(`${line}: no chain ${target}`);
      for (const set of setsIn(line)) if (!hasSet(set)) refuse(`${line}: no set ${set}`);
    }
  }
  return table;
}

function applyLine(table: Table, command: string): void {
  if (command.startsWith(":")) {
    table.set(command.slice(1).split(" ")[0] ?? "", []);
    return;
  }
  const [verb, chain = "", ...rest] = command.split(" ");
  const lines = table.get(chain) ?? refuse(`${command}: no such chain`);
  const position = Number(rest[0]);
  if (verb === "-A") lines.push(rest.join(" "));
  else if (verb === "-I") {
    if (!(position >= 1 && position <= lines.length + 1)) refuse(`${command}: index too big`);
    lines.splice(position - 1, 0, rest.slice(1).join(" "));
  } else if (verb === "-D") {
    if (!(position >= 1 && position <= lines.length)) refuse(`${command}: index too big`);
    lines.splice(position - 1, 1);
  } else if (verb === "-F") lines.length = 0;
  else if (verb === "-X") {
    if (lines.length > 0) refuse(`${command}: chain is not empty`);
    table.delete(chain);
  } else refuse(`${command}: unknown command`);
}

function saveTable(name: TableName, table: Table): string {
  const chains = [...table.keys()].map((chain) => `:${chain} ${chain.startsWith("tortie-") ? "-" : "ACCEPT"} [0:0]\n`);
  const lines = [...table].flatMap(([chain, own]) => own.map((line) => `-A ${chain} ${line}\n`));
  return `*${name}\n${chains.join("")}${lines.join("")}COMMIT\n`;
}

function saveSet(name: string, { header, members }: FakeSet): string {
  const create = `create ${name} ${header.replace("maxelem", "hashsize 1024 maxelem")} bucketsize 12 initval 0x1\n`;
  return create + [...members].map((member) => `add ${name} ${member}\n`).join("");
}
