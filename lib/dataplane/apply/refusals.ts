/*
 * Objects the kernel refused. Goal: one of them never keeps the others from being programmed, nothing is opened by it, and
 * it gets another chance. A refusal may also come from a competing writer, so an object is blamed only when two attempts in
 * a row, each from a fresh reading of the kernel, fail over the same. It stays closed until its content changes, and
 * `retryOne` gives the one that waits longest another try.
 */
import type { PlanRunner } from "#dataplane/apply/apply-plan.ts";
import { findRefusedObject } from "#dataplane/apply/find-refused-object.ts";
import { CommandFailedError } from "#dataplane/apply/run-command.ts";
import type { Rejected } from "#dataplane/desired/local-endpoints.ts";
import { FRAME } from "#dataplane/desired/names/chain-names.ts";
import type { FamilyPolicy, NodePolicy } from "#dataplane/desired/node-policy.ts";
import { blamedObject, type RefusedBatch } from "#dataplane/plan/blame.ts";
import { closeObjects, type KernelObject } from "#dataplane/plan/close-objects.ts";
import type { Family } from "#policy/rule.ts";

const FRAME_NAMES: ReadonlySet<string> = new Set(Object.values(FRAME));

/** The refused objects of one node. */
export interface Refusals {
  /**
   * Attempts to bring about a policy, as often as needed, each time with what the kernel refuses closed. `attempt` plans
   * from a fresh reading after a failure. Throws CommandFailedError when no object is to blame.
   */
  bring(policy: NodePolicy, attempt: (closed: NodePolicy) => Promise<void>): Promise<void>;
  /** Lets go of the refusal that is oldest; true when there was one. */
  retryOne(): boolean;
  /** The refused objects in the kernel's words, sorted by key; the same value until it changes. */
  rejected(): readonly Rejected[];
}

type Refusal = {
  readonly object: KernelObject;
  readonly content: string;
  /** The kernel's. */
  readonly words: string;
  readonly rejected: Rejected;
};

/** No refusals yet. `runner` is used to find out which chain is meant where the kernel names no line. */
export function refusals(runner: PlanRunner): Refusals {
  let known: ReadonlyMap<string, Refusal> = new Map();
  let listed: readonly Rejected[] = [];
  const remember = (next: ReadonlyMap<string, Refusal>) => {
    known = next;
    const rejected = [...next.values()].map((one) => one.rejected).sort((a, b) => (a.key < b.key ? -1 : 1));
    if (JSON.stringify(rejected) !== JSON.stringify(listed)) listed = rejected;
  };
  const blame = async (refused: RefusedBatch, words: string, policy: NodePolicy): Promise<boolean> => {
    const found = await culprit(refused, policy, runner);
    if (found === undefined) return false;
    const key = nameOf(found);
    const before = known.get(key);
    const object = before === undefined ? found : nextWall(before.object, policy);
    if (object === undefined) return false;
    const said = before?.words ?? words.trim().replace(/\s+/g, " ");
    const rejected = { key: describe(object, refused), reason: `${said}${consequence(object, policy)}` };
    remember(new Map([...known, [key, { object, content: contentOf(policy, object), words: said, rejected }]]));
    return true;
  };
  return {
    async bring(policy, attempt) {
      // What the kernel said of the last attempt that failed; the same again is no accident.
      let last: string | undefined;
      for (;;) {
        const current = [...known].filter(([, { object, content }]) => contentOf(policy, object) === content);
        if (current.length < known.size) remember(new Map(current));
        const closed = current.map(([, { object }]) => object);
        try {
          return await attempt(closeObjects(policy, closed));
        } catch (error) {
          if (!(error instanceof CommandFailedError) || error.refused === undefined) throw error;
          const failure = failureOf(error.refused, error.stderr);
          if (last !== undefined && last !== failure) throw error;
          if (last === failure && !(await blame(error.refused, error.stderr, policy))) throw error;
          last = last === failure ? undefined : failure;
        }
      }
    },
    retryOne() {
      const [oldest] = known.keys();
      if (oldest !== undefined) remember(new Map([...known].filter(([key]) => key !== oldest)));
      return oldest !== undefined;
    },
    rejected: () => listed,
  };
}

/** The same for the same refusal: a program that stays counts its lines from its start, so their numbers differ. */
function failureOf({ steps, line }: RefusedBatch, words: string): string {
  if (line !== undefined) return line;
  const [step] = steps;
  const place = step?.kind === "restore-table" ? `${step.family} ${step.table}` : "sets";
  return `${place}: ${words.replace(/\bline:? \d+/g, "line")}`;
}

async function culprit(
  refused: RefusedBatch,
  policy: NodePolicy,
  runner: PlanRunner,
): Promise<KernelObject | undefined> {
  const [step] = refused.steps;
  if (refused.line === undefined && step?.kind === "restore-table") return findRefusedObject(step, runner);
  return blamedObject(refused, policy);
}

/** One refusal an object; a family's next wall takes the place of the one before. */
function nameOf(object: KernelObject): string {
  return object.kind === "family" ? `family ${object.family}` : JSON.stringify(object);
}

/**
 * What to try when a closed object is refused again: a family has other walls, and without any of them it is left out,
 * if another family is there to go on with.
 */
function nextWall(object: KernelObject, policy: NodePolicy): KernelObject | undefined {
  if (object.kind !== "family") return undefined;
  const walls = wallsOf(policy, object.family);
  const last = policy.families.length > 1 ? walls : walls - 1;
  return object.wall < last ? { ...object, wall: object.wall + 1 } : undefined;
}

function wallsOf({ families }: NodePolicy, family: Family): number {
  return families.find((one) => one.family === family)?.walls.length ?? 0;
}

/** What a refused frame means for packets. */
function consequence(object: KernelObject, policy: NodePolicy): string {
  if (object.kind !== "family") return "";
  if (object.wall >= wallsOf(policy, object.family)) return "; nothing of this family is closed";
  return object.wall === 0
    ? "; every packet from or to its endpoints is dropped"
    : "; every packet from its endpoints is dropped";
}

/** Changes when the object should be tried again. */
function contentOf(policy: NodePolicy, object: KernelObject): string {
  const family = policy.families.find((one) => one.family === object.family);
  if (family === undefined) return "";
  if (object.kind === "family") return frameLines(family);
  if (object.kind === "held-set" || object.kind === "held-chain") return object.kind;
  if (object.kind === "set") return `${policy.maxSetSize} ${[...(family.sets.get(object.tag) ?? [])].join(" ")}`;
  if (object.kind === "dispatch-line") return object.hash;
  return chainLines(family, object.chain)
    .map(({ hash }) => hash)
    .join(" ");
}

/** Everything that is no object's own. */
function frameLines({ family, tables }: FamilyPolicy): string {
  const lines = tables.flatMap(({ table, hooks, chains }) => [
    ...hooks.map(({ line }) => line),
    ...[...chains.values()]
      .filter(({ name }) => table !== "filter" || FRAME_NAMES.has(name))
      .flatMap((chain) => chain.lines),
  ]);
  return `${family} ${lines.map(({ hash }) => hash).join(" ")}`;
}

function chainLines(family: FamilyPolicy, chain: string) {
  return family.tables.find(({ table }) => table === "filter")?.chains.get(chain)?.lines ?? [];
}

function describe(object: KernelObject, { line }: RefusedBatch): string {
  const family = `IPv${object.family}`;
  if (object.kind === "family") return family;
  if (object.kind === "held-chain") return `chain ${object.chain} (${family})`;
  if (object.kind === "held-set") return `set ${object.name}`;
  if (object.kind === "set") return `tag ${object.tag} (${family})`;
  const comment = /--comment "tortie:[0-9a-f]{12} ([^"]*)"/.exec(line ?? "")?.[1];
  return `${comment === undefined ? `chain ${object.chain}` : comment} (${family})`;
}
