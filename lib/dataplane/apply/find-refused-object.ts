import type { PlanRunner } from "#dataplane/apply/apply-plan.ts";
import { CommandFailedError } from "#dataplane/apply/run-command.ts";
import { familyObject, objectOfLine } from "#dataplane/plan/blame.ts";
import type { KernelObject } from "#dataplane/plan/close-objects.ts";
import type { PlanStep, TableCommand, WrittenLine } from "#dataplane/plan/plan-step.ts";

type TableStep = Extract<PlanStep, { readonly kind: "restore-table" }>;
type Suspect = { readonly object: KernelObject; readonly lines: readonly WrittenLine[] };

// Stands in for every chain a line leads to: those may be new in the refused COMMIT.
const ANY_CHAIN = "tortie-try-to";

/**
 * Which object of a COMMIT the kernel refuses, where it does not say so: halves of the new lines are loaded into chains no
 * packet comes to, and removed again. Undefined when none of them is refused by itself.
 */
export async function findRefusedObject(step: TableStep, runner: PlanRunner): Promise<KernelObject | undefined> {
  const refuses = (some: readonly Suspect[]) => isRefused(some, step, runner);
  // A table that takes not even an empty chain.
  if (await refuses([])) return familyObject(step.family);
  return (await halve(suspectsOf(step), refuses))?.object;
}

async function halve(
  suspects: readonly Suspect[],
  refuses: (some: readonly Suspect[]) => Promise<boolean>,
): Promise<Suspect | undefined> {
  let left = suspects;
  while (left.length > 1) {
    const half = left.slice(0, Math.ceil(left.length / 2));
    left = (await refuses(half)) ? half : left.slice(half.length);
  }
  // The last was found by leaving out all others; another program may have been at work meanwhile.
  return left.length > 0 && (await refuses(left)) ? left[0] : undefined;
}

async function isRefused(some: readonly Suspect[], step: TableStep, runner: PlanRunner): Promise<boolean> {
  const names = [ANY_CHAIN, ...some.map((_, index) => `tortie-try-${index}`)];
  const steps = (commands: readonly TableCommand[]) => [{ ...step, commands }];
  const fill = some.flatMap(({ lines }, index) =>
    lines.map(
      (line): TableCommand => ({ kind: "append", chain: `tortie-try-${index}`, written: leadingAnywhere(line) }),
    ),
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

/** A line with the chain it leads to replaced; that is always its last word. */
function leadingAnywhere(written: WrittenLine): WrittenLine {
  const { target } = written.line;
  if (target === undefined || !written.text.endsWith(` ${target}`)) return written;
  return { ...written, text: `${written.text.slice(0, -target.length)}${ANY_CHAIN}` };
}

function suspectsOf({ family, table, commands }: TableStep): readonly Suspect[] {
  const byObject = new Map<string, { readonly object: KernelObject; readonly lines: WrittenLine[] }>();
  for (const command of commands) {
    if (command.kind !== "append" && command.kind !== "insert") continue;
    const { chain, written } = command;
    const object = objectOfLine({ family, table, chain, line: written.text });
    const key = JSON.stringify(object);
    const suspect = byObject.get(key) ?? { object, lines: [] };
    suspect.lines.push(written);
    byObject.set(key, suspect);
  }
  return [...byObject.values()];
}
