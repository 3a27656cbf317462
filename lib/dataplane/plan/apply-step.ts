import type { KernelLine, KernelSet, KernelState } from "#dataplane/plan/kernel-state.ts";
import { carryNamedSets } from "#dataplane/plan/named-sets.ts";
import type { Plan, PlanStep, TableCommand } from "#dataplane/plan/plan-step.ts";

/** What the kernel holds after a plan went through: the agent's belief, so that the hot path reads nothing back. */
export function stateAfter(state: KernelState, plan: Plan): KernelState {
  return plan.reduce(applyStep, state);
}

function applyStep(state: KernelState, step: PlanStep): KernelState {
  if (step.kind === "restore-table") return applyTable(state, step);
  const sets = new Map(state.sets);
  if (step.kind === "create-set") sets.set(step.name, step.set);
  else if (step.kind === "destroy-set") sets.delete(step.name);
  else sets.set(step.name, withMembers(sets.get(step.name), step));
  return { ...state, sets };
}

function withMembers(set: KernelSet | undefined, step: Extract<PlanStep, { readonly members: unknown }>): KernelSet {
  if (set === undefined) throw new Error(`${step.name} is edited before it exists`);
  const members = new Set(set.members);
  for (const member of step.members) {
    if (step.kind === "add-members") members.add(member);
    else members.delete(member);
  }
  return { ...set, members };
}

function applyTable(state: KernelState, step: Extract<PlanStep, { kind: "restore-table" }>): KernelState {
  const tables = state.families.get(step.family);
  if (tables === undefined) throw new Error(`IPv${step.family} is not programmed on this machine`);
  const table = new Map(tables[step.table]);
  const drafts = new Map<string, KernelLine[]>();
  for (const command of step.commands) applyCommand(command, table, drafts);
  for (const [chain, lines] of drafts) table.set(chain, lines);
  if (step.commands.every(({ kind }) => kind !== "remove-chain")) {
    carryNamedSets(tables[step.table], table, drafts.keys());
  }
  return { ...state, families: new Map([...state.families, [step.family, { ...tables, [step.table]: table }]]) };
}

/** A chain of the kernel's own need not have been there: nft makes it with its first line. */
function applyCommand(
  command: TableCommand,
  table: Map<string, readonly KernelLine[]>,
  drafts: Map<string, KernelLine[]>,
): void {
  if (command.kind === "remove-chain") {
    table.delete(command.chain);
    drafts.delete(command.chain);
    return;
  }
  const lines = drafts.get(command.chain) ?? [...(table.get(command.chain) ?? [])];
  drafts.set(command.chain, lines);
  if (command.kind === "new-chain" || command.kind === "flush") lines.length = 0;
  if (command.kind === "append") lines.push(command.written.line);
  if (command.kind === "insert") lines.splice(command.position - 1, 0, command.written.line);
  if (command.kind === "delete") lines.splice(command.position - 1, 1);
}
