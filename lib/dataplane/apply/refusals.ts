/*
 * Objects the kernel refused. Goal: one of them never keeps the others from being programmed, nothing is opened by it, and
 * it gets another chance. A refusal may also come from a competing writer, so an object is blamed only when two attempts in
 * a row, each from a fresh reading of the kernel, fail over the same. It stays closed until its content changes, and
 * `retryOne` gives the one that waits longest another try.
 */
import type { PlanRunner } from "#dataplane/apply/apply-plan.ts";
import { findRefusedChain } from "#dataplane/apply/find-refused-chain.ts";
import { CommandFailedError } from "#dataplane/apply/run-command.ts";
import type { Rejected } from "#dataplane/desired/local-endpoints.ts";
import type { FamilyPolicy, NodePolicy } from "#dataplane/desired/node-policy.ts";
import { blamedObject, type RefusedBatch } from "#dataplane/plan/blame.ts";
import { closeObjects, type KernelObject } from "#dataplane/plan/close-objects.ts";

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

type Refusal = { readonly object: KernelObject; readonly content: string; readonly rejected: Rejected };

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
    const object = await culprit(refused, policy, runner);
    const key = object && JSON.stringify(object);
    if (object === undefined || key === undefined || known.has(key)) return false;
    const rejected = { key: describe(object, refused), reason: words.trim().replace(/\s+/g, " ") };
    remember(new Map([...known, [key, { object, content: contentOf(policy, object), rejected }]]));
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
          const failure = error.refused.line ?? error.stderr;
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

async function culprit(
  refused: RefusedBatch,
  policy: NodePolicy,
  runner: PlanRunner,
): Promise<KernelObject | undefined> {
  const [step] = refused.steps;
  if (refused.line === undefined && step?.kind === "restore-table") return findRefusedChain(step, runner);
  return blamedObject(refused, policy);
}

/** Changes when the object should be tried again. */
function contentOf(policy: NodePolicy, object: KernelObject): string {
  const family = policy.families.find((one) => one.family === object.family);
  if (family === undefined) return "";
  if (object.kind === "family" || object.kind === "held-set") return object.kind;
  if (object.kind === "set") return `${policy.maxSetSize} ${[...(family.sets.get(object.tag) ?? [])].join(" ")}`;
  if (object.kind === "dispatch-line") return object.hash;
  return chainLines(family, object.chain)
    .map(({ hash }) => hash)
    .join(" ");
}

function chainLines(family: FamilyPolicy, chain: string) {
  return family.tables.find(({ table }) => table === "filter")?.chains.get(chain)?.lines ?? [];
}

function describe(object: KernelObject, { line }: RefusedBatch): string {
  const family = `IPv${object.family}`;
  if (object.kind === "family") return family;
  if (object.kind === "held-set") return `set ${object.name}`;
  if (object.kind === "set") return `tag ${object.tag} (${family})`;
  const comment = /--comment "tortie:[0-9a-f]{12} ([^"]*)"/.exec(line ?? "")?.[1];
  return `${comment === undefined ? `chain ${object.chain}` : comment} (${family})`;
}
