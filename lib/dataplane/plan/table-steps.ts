import { FRAME } from "#dataplane/desired/names/chain-names.ts";
import type { TableName } from "#dataplane/desired/node-policy.ts";
import type { PlanStep, TableCommand } from "#dataplane/plan/plan-step.ts";
import type { TableDiff } from "#dataplane/plan/plan-table.ts";
import type { Family } from "#policy/rule.ts";

type Place = { readonly family: Family; readonly table: TableName };
type AddedChain = TableDiff["added"][number];

// The nft tools take time that grows faster than the batch; chains nothing names yet may come in several COMMITs.
const CHAINS_A_COMMIT = 100;

/** The COMMITs that bring a table to its new state; the last one is what packets notice. */
export function tableSteps(diff: TableDiff, place: Place): readonly PlanStep[] {
  const ahead = diff.added.length > CHAINS_A_COMMIT ? chunksAhead(diff.added) : [];
  const sent = new Set(ahead.flat());
  const last = diff.added.filter((chain) => !sent.has(chain));
  const commands = [
    ...writeChains(last),
    ...diff.edits,
    ...diff.stale.map((chain) => ({ kind: "flush", chain }) as const),
  ];
  return [
    ...ahead.map((chains) => restore(place, writeChains(chains))),
    ...(commands.length > 0 ? [restore(place, commands)] : []),
  ];
}

/** The COMMIT that removes chains nothing names any more. */
export function removalSteps(diff: TableDiff, place: Place): readonly PlanStep[] {
  if (diff.stale.length === 0) return [];
  return [
    restore(
      place,
      diff.stale.map((chain) => ({ kind: "remove-chain", chain }) as const),
    ),
  ];
}

function restore({ family, table }: Place, commands: readonly TableCommand[]): PlanStep {
  return { kind: "restore-table", family, table, commands };
}

function writeChains(chains: readonly AddedChain[]): readonly TableCommand[] {
  return [
    ...chains.map(({ chain }) => ({ kind: "new-chain", chain }) as const),
    ...chains.flatMap(({ chain, lines }) => lines.map((written) => ({ kind: "append", chain, written }) as const)),
  ];
}

/** New chains in an order where each names only chains of its own or an earlier group; the frame waits for the last COMMIT. */
function chunksAhead(added: readonly AddedChain[]): readonly (readonly AddedChain[])[] {
  const names = new Map(added.map((chain) => [chain.chain, chain]));
  const frame: ReadonlySet<string> = new Set([FRAME.forward, FRAME.input, FRAME.prerouting]);
  const ordered: AddedChain[] = [];
  const seen = new Set<string>();
  const visit = (chain: AddedChain): void => {
    if (seen.has(chain.chain)) return;
    seen.add(chain.chain);
    for (const { line } of chain.lines) {
      const below = line.target === undefined ? undefined : names.get(line.target);
      if (below) visit(below);
    }
    ordered.push(chain);
  };
  for (const chain of added) if (!frame.has(chain.chain)) visit(chain);
  return Array.from({ length: Math.ceil(ordered.length / CHAINS_A_COMMIT) }, (_, index) =>
    ordered.slice(index * CHAINS_A_COMMIT, (index + 1) * CHAINS_A_COMMIT),
  );
}
