/*
 * What our own plans wrote while an audit was reading. Where the reading shows something else, it may be one of the states
 * our writing went through, and then all is well; or it is none of them, and somebody else was there as well.
 */
import type { TableName } from "#dataplane/desired/node-policy.ts";
import { type Reading, sameLines } from "#dataplane/plan/adopt-drift.ts";
import type { KernelLine, KernelState } from "#dataplane/plan/kernel-state.ts";
import type { Plan } from "#dataplane/plan/plan-step.ts";
import type { Family } from "#policy/rule.ts";

type Lines = readonly KernelLine[] | undefined;
type ChainTouch = {
  readonly family: Family;
  readonly table: TableName;
  readonly chain: string;
  /** What it was between our COMMITs. */
  readonly states: Lines[];
};
type SetTouch = { readonly members: Set<string>; isReplaced: boolean };

export type Touches = { readonly chains: Map<string, ChainTouch>; readonly sets: Map<string, SetTouch> };

/** No touches. */
export function noTouches(): Touches {
  return { chains: new Map(), sets: new Map() };
}

/** Notes what a plan writes; `after` is what the kernel holds when it went through. */
export function noteTouches({ chains, sets }: Touches, plan: Plan, after: KernelState): void {
  for (const step of plan) {
    if (step.kind === "restore-table") {
      const { family, table } = step;
      for (const { chain, kind } of step.commands) {
        const key = `${family} ${table} ${chain}`;
        const touch = chains.get(key) ?? { family, table, chain, states: [] };
        chains.set(key, touch);
        // Emptied in one COMMIT and removed in a later one.
        if (kind === "flush") touch.states.push([]);
        const last = after.families.get(family)?.[table].get(chain);
        if (touch.states.at(-1) !== last || touch.states.length === 0) touch.states.push(last);
      }
      continue;
    }
    const touch = sets.get(step.name) ?? { members: new Set(), isReplaced: false };
    sets.set(step.name, touch);
    if (step.kind === "create-set" || step.kind === "destroy-set") touch.isReplaced = true;
    else for (const member of step.members) touch.members.add(member);
  }
}

/** Whether the reading shows of something we touched what none of our own steps can have made. */
export function isInDoubt({ before, found }: Reading, { chains, sets }: Touches): boolean {
  for (const { family, table, chain, states } of chains.values()) {
    const [old, read] = [before.families.get(family), found.families.get(family)];
    if (old === undefined || read === undefined || old === read) continue;
    const lines = read[table].get(chain);
    if (![old[table].get(chain), ...states].some((state) => sameLines(state, lines))) return true;
  }
  for (const [name, { members, isReplaced }] of sets) {
    const [old, read] = [before.sets.get(name), found.sets.get(name)];
    if (isReplaced || old === read) continue;
    if (old === undefined || read === undefined) return true;
    for (const member of read.members) if (!old.members.has(member) && !members.has(member)) return true;
    for (const member of old.members) if (!read.members.has(member) && !members.has(member)) return true;
  }
  return false;
}
