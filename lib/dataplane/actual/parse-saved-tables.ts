import { OUR_PREFIX } from "#dataplane/desired/names/chain-names.ts";
import type { TableName } from "#dataplane/desired/node-policy.ts";
import type { KernelLine, KernelSetUse, KernelTable } from "#dataplane/plan/kernel-state.ts";
import { lineEffect } from "#dataplane/plan/line-effect.ts";
import { lineKey } from "#dataplane/plan/written-line.ts";

type SavedTables = Readonly<Record<TableName, KernelTable>>;

const HOOKED_CHAINS: ReadonlySet<string> = new Set(["PREROUTING", "INPUT", "FORWARD", "OUTPUT"]);

/** Reads what iptables-save printed: our chains, and the kernel's chains our hooks stand in, or stood in once. Others are left out. */
export function parseSavedTables(text: string): SavedTables {
  // nft makes a table, with chains we have no hooks in, when something is first written; that is no change to notice.
  const empty = () => new Map<string, KernelLine[]>([["OUTPUT", []]]);
  const tables = { raw: empty(), filter: empty() };
  const own = ownTexts();
  let table: Map<string, KernelLine[]> | undefined;
  for (const line of text.split("\n")) {
    if (line.startsWith("*")) table = line === "*raw" ? tables.raw : line === "*filter" ? tables.filter : undefined;
    else if (line.startsWith(":")) declareChain(table, own(line.slice(1).split(" ", 1)[0] ?? ""));
    else if (line.startsWith("-A ")) table?.get(line.slice(3).split(" ", 1)[0] ?? "")?.push(parseLine(line, own));
  }
  return tables;
}

function declareChain(table: Map<string, KernelLine[]> | undefined, chain: string): void {
  if (chain.startsWith(OUR_PREFIX) || HOOKED_CHAINS.has(chain)) table?.set(chain, []);
}

/** Copies of texts, equal ones the same: a piece of what was read would keep the whole of it, megabytes, in memory. */
function ownTexts(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const copy = known.get(text) ?? Buffer.from(text).toString();
    known.set(copy, copy);
    return copy;
  };
}

const NO_USES: readonly KernelSetUse[] = [];

function parseLine(line: string, own: (text: string) => string): KernelLine {
  const hash = /--comment "?tortie:([0-9a-f]{12})[ "]/.exec(line)?.[1];
  const target = /(?:^| )-([gj]) (\S+)/.exec(line.replace(/"(?:[^"\\]|\\.)*"/g, '""'))?.[2];
  const found = [...line.matchAll(/ (! )?--match-set (\S+) (src|dst)/g)].map(
    ([, not, set = "", side]): KernelSetUse => ({
      set: own(set),
      side: side === "src" ? "src" : "dst",
      negated: not !== undefined,
    }),
  );
  const uses = found.length === 0 ? NO_USES : found;
  return {
    key:
      hash === undefined
        ? own(line.slice(line.indexOf(" ", 3) + 1))
        : lineKey(
            hash,
            uses.map(({ set }) => set),
          ),
    isOurs: hash !== undefined,
    uses,
    effect: lineEffect(target),
    ...(target?.startsWith(OUR_PREFIX) && { target: own(target) }),
  };
}
