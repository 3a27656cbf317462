/*
 * Plans carried out by programs that stay. Goal: a change costs what the kernel takes, not what starting a program takes
 * (2 to 18 ms). What an answer proves: iptables-restore reads the line behind COMMIT only when the kernel has taken the
 * COMMIT, and ipset lists a set only when it has sent everything before. One batch is under way at a time; a legacy
 * restore holds its lock from a table's first line to COMMIT and not between batches.
 *
 * A program that cannot answer (an old iptables that keeps its output until it ends, a system without stdbuf) is found out
 * when it starts, and its batches run as one process each.
 */
import { type PlanRunner, planBatches, type StepBatch, spawningRunner } from "#dataplane/apply/apply-plan.ts";
import type { KernelTools } from "#dataplane/apply/kernel-tools.ts";
import { type ResidentProcess, residentProcess } from "#dataplane/apply/resident-process.ts";
import { CommandFailedError, type RunCommand } from "#dataplane/apply/run-command.ts";
import { formatStep } from "#dataplane/plan/format-plan.ts";
import type { Plan, PlanStep } from "#dataplane/plan/plan-step.ts";
import type { Family } from "#policy/rule.ts";

/** A runner that keeps programs running between plans. */
export interface ResidentRunner extends PlanRunner {
  /** Ends the programs and waits until they are gone. */
  stop(): Promise<void>;
  /** How often a program that ended unasked was started again. */
  readonly restarts: number;
  /** Whether a process writes, or wrote, for this runner. */
  isOurs(pid: number): boolean;
}

const LINE_BUFFERED = ["stdbuf", "-oL"] as const;
// Its end of input ends a program as well, but only when it gets to run: until then it may hold the legacy lock, and what
// it has read it still carries out, beside the next agent.
const DIES_WITH_US = ["setpriv", "--pdeathsig", "KILL"] as const;
const TABLES_QUESTION = { question: "#tortie-done\n", answer: "#tortie-done" } as const;
const PROBE_SET = "tortie-probe";
const PROBE_TIMEOUT_MS = 3_000;

/** Runs plans with long-lived programs where they can be, and with one process each where not. */
export function residentRunner(run: RunCommand, tools: KernelTools): ResidentRunner {
  const once = spawningRunner(run, tools);
  const tables = {
    4: resident(tableCandidates(tools, 4), TABLES_PROBE),
    6: resident(tableCandidates(tools, 6), TABLES_PROBE),
  };
  const sets = resident(dyingWithUs([[...LINE_BUFFERED, ...tools.restoreSets]]), SETS_PROBE);
  const programs = [tables[4], tables[6], sets];
  const runBatch = async (batch: StepBatch): Promise<void> => {
    const asked = questionOf(batch.steps);
    const process = asked && (await programOf(batch, { tables, sets }).process());
    if (asked === undefined || process === undefined) return once.run(batch.steps);
    const text = batch.steps.map(formatStep).join("");
    return process.feed({ text, ...asked }).catch((error: unknown) => {
      if (error instanceof CommandFailedError) error.refused = { steps: batch.steps, ...lastLineOf(error, text) };
      throw error;
    });
  };
  return {
    async run(plan: Plan) {
      for (const batch of planBatches(plan)) await runBatch(batch);
    },
    async stop() {
      await Promise.all(programs.map((program) => program.stop()));
    },
    isOurs: (pid) => programs.some((program) => program.isOurs(pid)),
    get restarts() {
      return programs.reduce((count, program) => count + program.restarts(), 0);
    },
  };
}

type Question = { readonly question: string; readonly answer: string };
type Probe = Question & { readonly text: string };

const TABLES_PROBE: Probe = { text: "", ...TABLES_QUESTION };
const SETS_PROBE: Probe = {
  text: `create ${PROBE_SET} hash:ip\nCOMMIT\nlist -n ${PROBE_SET}\ndestroy ${PROBE_SET}\n`,
  question: "COMMIT\n",
  answer: PROBE_SET,
};

function tableCandidates(tools: KernelTools, family: Family): readonly (readonly string[])[] {
  const argv = [...tools.restoreTables(family), "--verbose"];
  return dyingWithUs([argv, [...LINE_BUFFERED, ...argv]]);
}

/** The same, dying with this process where this system can do that. */
function dyingWithUs(candidates: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return [...candidates.map((argv) => [...DIES_WITH_US, ...argv]), ...candidates];
}

interface Resident {
  /** The running program, or undefined when no way of running it answers. */
  process(): Promise<ResidentProcess | undefined>;
  stop(): Promise<void>;
  restarts(): number;
  isOurs(pid: number): boolean;
}

/** Tries the ways of running a program once; the first that answers is kept. */
function resident(candidates: readonly (readonly string[])[], probe: Probe): Resident {
  let chosen: Promise<ResidentProcess | undefined> | undefined;
  let known: ResidentProcess | undefined;
  return {
    async process() {
      chosen ??= firstThatAnswers(candidates, probe);
      known = await chosen;
      return known;
    },
    restarts: () => known?.restarts ?? 0,
    isOurs: (pid) => known?.hasRunAs(pid) ?? false,
    async stop() {
      await (await chosen)?.stop();
    },
  };
}

async function firstThatAnswers(
  candidates: readonly (readonly string[])[],
  probe: Probe,
): Promise<ResidentProcess | undefined> {
  for (const argv of candidates) {
    const process = residentProcess(argv);
    try {
      await process.feed(probe, PROBE_TIMEOUT_MS);
      return process;
    } catch (error) {
      if (!(error instanceof CommandFailedError)) throw error;
    }
  }
  return undefined;
}

function programOf(
  { first }: StepBatch,
  { tables, sets }: { readonly tables: Readonly<Record<Family, Resident>>; readonly sets: Resident },
): Resident {
  return first.kind === "restore-table" ? tables[first.family] : sets;
}

/** The process puts the refused line last in its words. */
function lastLineOf({ stderr }: CommandFailedError, text: string): { readonly line?: string } {
  const line = stderr.slice(stderr.lastIndexOf("\n") + 1);
  return line !== "" && text.includes(`${line}\n`) ? { line } : {};
}

/** ipset answers by listing a set that is there when the batch is done; a batch that only destroys leaves none to ask for. */
function questionOf(steps: readonly PlanStep[]): Question | undefined {
  const left = new Set<string>();
  for (const step of steps) {
    if (step.kind === "restore-table") return TABLES_QUESTION;
    if (step.kind === "destroy-set") left.delete(step.name);
    else left.add(step.name);
  }
  const [name] = left;
  return name === undefined ? undefined : { question: `COMMIT\nlist -n ${name}\n`, answer: name };
}
