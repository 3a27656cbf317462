import { impactBetween, judged, type PairChange } from "#analysis/impact/impact.ts";
import { UsageError } from "#cli/argv/usage-error.ts";
import type { CommandContext, RunCommand } from "#cli/command.ts";
import { done } from "#cli/command-result.ts";
import { compareObjects, type ObjectChange } from "#cli/commands/judge/compare-objects.ts";
import { openDepsOnce } from "#cli/ports/open-deps-once.ts";
import { describePairChanges } from "#cli/print/describe-pair-changes.ts";
import { loadSnapshot } from "#operations/load-snapshot.ts";
import type { Snapshot } from "#policy/snapshot.ts";

/** `diff <BEFORE> <AFTER>`: what changed, and which pairs that opens and closes. */
export const diffStates: RunCommand = async ({ words }, context) => {
  const before = await readState(words.BEFORE?.[0] ?? "", context);
  const after = await readState(words.AFTER?.[0] ?? "", context);
  const objects = compareObjects(before, after);
  const old = judged(before);
  const { opened, closed } = impactBetween(old, judged(after, old));
  return done(textOf(objects, opened, closed), { changes: objects, opened, closed });
};

/** A state file, `@live`, or `@REVISION` of etcd. */
async function readState(source: string, { io, deps }: CommandContext): Promise<Snapshot> {
  if (source === "@live") return loadSnapshot(await deps());
  if (source.startsWith("@")) {
    if (!/^@[1-9]\d{0,15}$/.test(source)) throw new UsageError(`${source} is neither @live nor @REVISION`);
    return loadSnapshot(await deps(), Number(source.slice(1)));
  }
  const file = openDepsOnce(io, source);
  return loadSnapshot(await file.deps());
}

function textOf(
  objects: readonly ObjectChange[],
  opened: readonly PairChange[],
  closed: readonly PairChange[],
): string {
  const lines = [
    ...objects.flatMap(({ kind, name, change, details }) => [
      `${kind} ${name}: ${change}`,
      ...details.map((detail) => `  ${detail}`),
    ]),
    ...describePairChanges({ opened, closed }),
  ];
  return lines.length === 0 ? "No difference.\n" : `${lines.join("\n")}\n`;
}
