import type { PlanRunner } from "#dataplane/apply/apply-plan.ts";
import { CommandFailedError } from "#dataplane/apply/run-command.ts";
import { objectOfChain } from "#dataplane/plan/blame.ts";
import type { KernelObject } from "#dataplane/plan/close-objects.ts";
import type { PlanStep, TableCommand, WrittenLine } from "#dataplane/plan/plan-step.ts";

type TableStep = Extract<PlanStep, { readonly kind: "restore-table" }>;
type Written = { readonly chain: string; readonly lines: readonly WrittenLine[] };

/**
 * Which chain of a COMMIT the kernel refuses, where it does not say so: halves of the chains' new lines are loaded into
 * chains no packet comes to, and removed again. Undefined when none of them is refused by itself.
 */
export async function findRefusedChain(step: TableStep, runner: PlanRunner): Promise<KernelObject | undefined> {
  const suspects = writtenChains(step.commands).filter(({ chain }) => objectOfChain(step.family, chain) !== undefined);
  const found = await halve(suspects, (some) => isRefused(some, step, runner));
  return found && objectOfChain(step.family, found.chain);
}

async function halve(
  suspects: readonly Written[],
  refuses: (some: readonly Written[]) => Promise<boolean>,
): Promise<Written | undefined> {
  if (suspects.length === 0 || !(await refuses(suspects))) return undefined;
  let left = suspects;
  while (left.length > 1) {
    const half = left.slice(0, Math.ceil(left.length / 2));
    left = (await refuses(half)) ? half : left.slice(half.length);
  }
  return left[0];
}

async function isRefused(some: readonly Written[], step: TableStep, runner: PlanRunner): Promise<boolean> {
  const names = some.map((_, index) => `tortie-try-${index}`);
  const steps = (commands: readonly TableCommand[]) => [{ ...step, commands }];
  const fill = some.flatMap(({ lines }, index) =>
    lines.map((written): TableCommand => ({ kind: "append", chain: names[index] ?? "", written })),
  );
  try {
    await runner.run(steps([...names.map((chain): TableCommand => ({ kind: "new-chain", chain })), ...fill]));
  } catch (error) {
    if (!(error instanceof CommandFailedError)) throw error;
    return true;
  }
  await runner.run(
    steps([
      ...names.map((chain): TableCommand => ({ kind: "flush", chain })),
      ...names.map((chain): TableCommand => ({ kind: "remove-chain", chain })),
    ]),
  );
  return false;
}

function writtenChains(commands: readonly TableCommand[]): readonly Written[] {
  const byChain = new Map<string, WrittenLine[]>();
  for (const command of commands) {
    if (command.kind !== "append" && command.kind !== "insert") continue;
    byChain.set(command.chain, [...(byChain.get(command.chain) ?? []), command.written]);
  }
  return [...byChain].map(([chain, lines]) => ({ chain, lines }));
}
