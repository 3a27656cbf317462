import type { KernelSet } from "#dataplane/plan/kernel-state.ts";
import type { Plan, PlanStep, TableCommand } from "#dataplane/plan/plan-step.ts";
import { assertNever } from "#prelude/assert-never.ts";

/** A plan as the commands it would run, for `--dry-run`, logs and goldens. Empty for an empty plan. */
export function formatPlan(plan: Plan): string {
  return plan.map((step) => `# ${programOf(step)}\n${formatStep(step)}`).join("");
}

/** The text of one step as its program reads it on standard input. */
export function formatStep(step: PlanStep): string {
  switch (step.kind) {
    case "create-set":
      return lines([
        createSet(step.name, step.set),
        ...[...step.set.members].map((member) => `add ${step.name} ${member}`),
      ]);
    case "add-members":
      return lines(step.members.map((member) => `add ${step.name} ${member}`));
    case "remove-members":
      return lines(step.members.map((member) => `del ${step.name} ${member}`));
    case "destroy-set":
      return lines([`destroy ${step.name}`]);
    case "restore-table":
      return lines([`*${step.table}`, ...step.commands.map(formatCommand), "COMMIT"]);
    default:
      return assertNever(step);
  }
}

function programOf(step: PlanStep): string {
  if (step.kind !== "restore-table") return "ipset restore";
  return step.family === 4 ? "iptables-restore --noflush" : "ip6tables-restore --noflush";
}

function createSet(name: string, { family, maxSetSize, members }: KernelSet): string {
  const size = 2 ** Math.max(10, Math.ceil(Math.log2(members.size || 1)));
  return `create ${name} hash:ip family ${family === 4 ? "inet" : "inet6"} hashsize ${size} maxelem ${maxSetSize}`;
}

function formatCommand(command: TableCommand): string {
  switch (command.kind) {
    case "new-chain":
      return `:${command.chain} - [0:0]`;
    case "append":
      return `-A ${command.chain} ${command.written.text}`;
    case "insert":
      return `-I ${command.chain} ${command.position} ${command.written.text}`;
    case "delete":
      return `-D ${command.chain} ${command.position}`;
    case "flush":
      return `-F ${command.chain}`;
    case "remove-chain":
      return `-X ${command.chain}`;
    default:
      return assertNever(command);
  }
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join("");
}
