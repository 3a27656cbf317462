import { OUR_PREFIX } from "#dataplane/desired/names/chain-names.ts";
import type { SetGeneration } from "#dataplane/desired/names/set-names.ts";
import type { TablePolicy } from "#dataplane/desired/node-policy.ts";
import { tagsOf } from "#dataplane/desired/oversized-sets.ts";
import type { SetNamer } from "#dataplane/desired/rules/line-text.ts";
import type { Chain } from "#dataplane/desired/rules/rule-line.ts";
import { diffLines } from "#dataplane/plan/diff-lines.ts";
import type { KernelLine, KernelTable } from "#dataplane/plan/kernel-state.ts";
import { setsOfLines } from "#dataplane/plan/named-sets.ts";
import type { TableCommand, WrittenLine } from "#dataplane/plan/plan-step.ts";
import { writtenLine } from "#dataplane/plan/written-line.ts";
import type { Tag } from "#policy/tag.ts";

/** A live chain that changes. */
export type EditedChain = {
  readonly chain: string;
  readonly before: readonly KernelLine[];
  readonly after: readonly KernelLine[];
};

/** The difference of one table, by what it does to packets. */
export type TableDiff = {
  /** Chains nothing names yet. */
  readonly added: readonly { readonly chain: string; readonly lines: readonly WrittenLine[] }[];
  readonly edits: readonly TableCommand[];
  readonly edited: readonly EditedChain[];
  /** Our chains that nothing will name; emptied by the same COMMIT, removed by a later one. */
  readonly stale: readonly string[];
};

// Where we have hooks, or an earlier layout may have had some.
const KERNEL_CHAINS = ["PREROUTING", "INPUT", "FORWARD", "OUTPUT"] as const;

type Generations = ReadonlyMap<Tag, SetGeneration>;

/** Compares one table with what it should hold, rules naming the sets that `nameSet` says for these generations. */
export function diffTable(
  actual: KernelTable,
  policy: TablePolicy,
  { nameSet, generations }: { readonly nameSet: SetNamer; readonly generations: Generations },
): TableDiff {
  const added: { chain: string; lines: readonly WrittenLine[] }[] = [];
  const edits: TableCommand[] = [];
  const edited: EditedChain[] = [];
  const changed = changedSince(actual, policy, generations);
  for (const desired of changed ?? policy.chains.values()) {
    const chain = desired.name;
    const before = actual.get(chain);
    if (before !== undefined && isKnownEqual(before, desired, nameSet)) continue;
    const after = desired.lines.map((line) => writtenLine(line, nameSet));
    if (before === undefined) {
      added.push({ chain, lines: after });
      continue;
    }
    const commands = editChain(chain, before, after);
    if (commands.length === 0) {
      equalChain.set(before, desired);
      continue;
    }
    edits.push(...commands);
    edited.push({ chain, before, after: after.map(({ line }) => line) });
  }
  edits.push(
    ...policy.hooks.flatMap(({ chain, line }) => editHook(chain, actual.get(chain) ?? [], writtenLine(line, nameSet))),
    ...KERNEL_CHAINS.filter((name) => policy.hooks.every(({ chain }) => chain !== name)).flatMap((chain) =>
      removeHooks(chain, actual.get(chain) ?? []),
    ),
  );
  const isStale = (chain: string) =>
    chain.startsWith(OUR_PREFIX) && !policy.chains.has(chain) && !policy.heldChains?.has(chain);
  const stale = changed === undefined ? [...actual.keys()].filter(isStale) : [];
  return { added, edits, edited, stale };
}

// Most chains are the same objects from one plan to the next; those are compared once.
const equalChain = new WeakMap<readonly KernelLine[], Chain>();

function isKnownEqual(before: readonly KernelLine[], desired: Chain, nameSet: SetNamer): boolean {
  if (equalChain.get(before) !== desired) return false;
  const tags = tagsOf(desired);
  if (tags.length === 0) return true;
  const named = setsOfLines(before);
  return tags.every((tag, index) => named[index] === nameSet(tag));
}

const knownTables = new WeakMap<
  KernelTable,
  Pick<TablePolicy, "chains" | "heldChains"> & { readonly generations: Generations }
>();

/** Tells that a table holds just what a policy wants, so that the next difference need not be searched for everywhere. */
export function rememberTable(table: KernelTable, { chains, heldChains }: TablePolicy, generations: Generations): void {
  knownTables.set(table, { chains, ...(heldChains && { heldChains }), generations });
}

/** The chains to look at: all, or those that are not the values the table was made of. Undefined when it must be all. */
function changedSince(
  actual: KernelTable,
  policy: TablePolicy,
  generations: Generations,
): readonly Chain[] | undefined {
  const known = knownTables.get(actual);
  if (known?.generations !== generations || known.chains.size !== policy.chains.size) return undefined;
  if (known.heldChains !== policy.heldChains) return undefined;
  const changed: Chain[] = [];
  const before = known.chains.entries();
  for (const [name, chain] of policy.chains) {
    const entry = before.next().value;
    if (entry?.[0] !== name) return undefined;
    if (entry[1] !== chain) changed.push(chain);
  }
  return changed;
}

function editChain(
  chain: string,
  before: readonly KernelLine[],
  after: readonly WrittenLine[],
): readonly TableCommand[] {
  const keys = after.map(({ line }) => line.key);
  return diffLines(
    before.map(({ key }) => key),
    keys,
  ).flatMap((edit): readonly TableCommand[] => {
    if (edit.kind === "delete") return [{ kind: "delete", chain, position: edit.position }];
    const written = after[edit.index];
    return written === undefined ? [] : [{ kind: "insert", chain, position: edit.position, written }];
  });
}

/** Our hook is the first line of its chain and stands there once; other programs' lines keep their order. */
function editHook(chain: string, before: readonly KernelLine[], hook: WrittenLine): readonly TableCommand[] {
  const removals = removeHooks(chain, before);
  if (removals.length === 1 && before[0]?.key === hook.line.key) return [];
  return [...removals, { kind: "insert", chain, position: 1, written: hook }];
}

/** The last first, so that the positions of the others stay what they are. */
function removeHooks(chain: string, lines: readonly KernelLine[]): readonly TableCommand[] {
  return lines
    .flatMap((line, index) => (isHook(line) ? [index + 1] : []))
    .reverse()
    .map((position) => ({ kind: "delete", chain, position }));
}

function isHook(line: KernelLine): boolean {
  return line.isOurs || (line.target?.startsWith(OUR_PREFIX) ?? false);
}
