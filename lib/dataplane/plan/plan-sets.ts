import { memberChange } from "#dataplane/desired/member-change.ts";
import { type SetGeneration, setName } from "#dataplane/desired/names/set-names.ts";
import type { FamilyPolicy } from "#dataplane/desired/node-policy.ts";
import type { TagSets } from "#dataplane/desired/tag-sets.ts";
import type { KernelSet, KernelState } from "#dataplane/plan/kernel-state.ts";
import { namedSets } from "#dataplane/plan/named-sets.ts";
import type { PlanStep } from "#dataplane/plan/plan-step.ts";
import type { Tag } from "#policy/tag.ts";

/** Members that must come and go in one set. */
export type SetChange = {
  readonly name: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
};

/** A tag whose set live rules name: where it is and what differs. */
export type LiveSet = { readonly tag: Tag; readonly generation: SetGeneration; readonly change?: SetChange };

/** What must happen to a family's sets, once it is decided which of the changed ones are replaced instead of edited. */
export type SetPlan = {
  readonly generations: ReadonlyMap<Tag, SetGeneration>;
  /** What the family's sets are afterwards, by name. */
  readonly wanted: ReadonlyMap<string, KernelSet>;
  readonly before: readonly PlanStep[];
  readonly after: readonly PlanStep[];
  readonly destroy: readonly PlanStep[];
  readonly heldSets: FamilyPolicy["heldSets"];
  /** Nothing differs, not even which value stands for the members. */
  readonly isSettled: boolean;
};

const GENERATIONS: readonly SetGeneration[] = ["a", "b"];

/** The sets of a family that live rules name, with their differences; a set made for other limits differs as a whole. */
export function liveSets(actual: KernelState, policy: FamilyPolicy, maxSetSize: number): readonly LiveSet[] {
  const named = namedSetsOf(actual, policy);
  return [...policy.sets].flatMap(([tag, members]): readonly LiveSet[] => {
    const generation = GENERATIONS.find((one) => named.has(setName(policy.family, one, tag)));
    if (generation === undefined) return [];
    const name = setName(policy.family, generation, tag);
    const set = actual.sets.get(name);
    if (set === undefined || set.maxSetSize !== maxSetSize) return [{ tag, generation, change: REPLACE }];
    const change = setChange(name, set.members, members);
    return [{ tag, generation, ...(change && { change }) }];
  });
}

function namedSetsOf({ families }: KernelState, { family }: FamilyPolicy): ReadonlySet<string> {
  const table = families.get(family)?.filter;
  return table ? namedSets(table) : new Set();
}

type Settled = {
  readonly maxSetSize: number;
  readonly sets: KernelState["sets"];
  readonly named: ReadonlySet<string>;
  readonly plan: SetPlan;
};

const settled = new WeakMap<TagSets, Settled>();

/** The plan for sets that were found to need nothing, while the sets there are, named and wanted, are the same values. */
export function settledSets(actual: KernelState, policy: FamilyPolicy, maxSetSize: number): SetPlan | undefined {
  const known = settled.get(policy.sets);
  if (known?.maxSetSize !== maxSetSize || known.sets !== actual.sets || known.named !== namedSetsOf(actual, policy))
    return undefined;
  return known.plan.heldSets === policy.heldSets ? known.plan : undefined;
}

/** A change no edit can make. */
export const REPLACE: SetChange = { name: "", added: [], removed: [] };

/** The steps for a family's sets: `replaced` tags get their other generation, the rest is edited in place. */
export function planSets(
  actual: KernelState,
  policy: FamilyPolicy,
  options: { readonly live: readonly LiveSet[]; readonly replaced: ReadonlySet<Tag>; readonly maxSetSize: number },
): SetPlan {
  const liveByTag = new Map(options.live.map((one) => [one.tag, one]));
  const generations = new Map<Tag, SetGeneration>();
  const allWanted = new Map<string, KernelSet>();
  const before: PlanStep[] = [];
  const after: PlanStep[] = [];
  for (const [tag, members] of policy.sets) {
    const live = liveByTag.get(tag);
    const generation = nextGeneration(live, options.replaced.has(tag));
    generations.set(tag, generation);
    const name = setName(policy.family, generation, tag);
    const present = actual.sets.get(name);
    const isSame = present?.members === members && present.maxSetSize === options.maxSetSize;
    const wanted = isSame ? present : { family: policy.family, maxSetSize: options.maxSetSize, members };
    allWanted.set(name, wanted);
    if (live?.generation === generation) {
      before.push(...addSteps(name, live.change?.added ?? []));
      after.push(...removeSteps(name, live.change?.removed ?? []));
      continue;
    }
    before.push(...fillSteps(name, present, wanted));
  }
  const isKept = (name: string) => allWanted.has(name) || policy.heldSets?.has(name);
  const stale = [...actual.sets].filter(([name, set]) => set.family === policy.family && !isKept(name));
  for (const name of policy.heldSets ?? []) keepSet(name, actual, allWanted);
  const destroy = stale.map(([name]) => ({ kind: "destroy-set", name }) as const);
  const isSettled =
    before.length + after.length + destroy.length === 0 &&
    [...allWanted].every(([name, set]) => actual.sets.get(name) === set);
  const plan = { generations, wanted: allWanted, before, after, destroy, heldSets: policy.heldSets, isSettled };
  if (isSettled)
    settled.set(policy.sets, {
      maxSetSize: options.maxSetSize,
      sets: actual.sets,
      named: namedSetsOf(actual, policy),
      plan,
    });
  return plan;
}

/** What stays must stay in the belief as well. */
function keepSet(name: string, { sets }: KernelState, wanted: Map<string, KernelSet>): void {
  const set = sets.get(name);
  if (set !== undefined && !wanted.has(name)) wanted.set(name, set);
}

function nextGeneration(live: LiveSet | undefined, isReplaced: boolean): SetGeneration {
  if (live === undefined) return "a";
  return isReplaced === (live.generation === "a") ? "b" : "a";
}

/** No rule names this set, so its members may come and go in any order. */
function fillSteps(name: string, present: KernelSet | undefined, wanted: KernelSet): readonly PlanStep[] {
  if (present === undefined) return [{ kind: "create-set", name, set: wanted }];
  if (present.maxSetSize !== wanted.maxSetSize) {
    return [
      { kind: "destroy-set", name },
      { kind: "create-set", name, set: wanted },
    ];
  }
  const change = setChange(name, present.members, wanted.members);
  return change === undefined ? [] : [...removeSteps(name, change.removed), ...addSteps(name, change.added)];
}

function setChange(name: string, before: ReadonlySet<string>, after: ReadonlySet<string>): SetChange | undefined {
  if (before === after) return undefined;
  const { added, removed } = memberChange(before, after);
  return added.length + removed.length === 0 ? undefined : { name, added, removed };
}

function addSteps(name: string, members: readonly string[]): readonly PlanStep[] {
  return members.length === 0 ? [] : [{ kind: "add-members", name, members }];
}

function removeSteps(name: string, members: readonly string[]): readonly PlanStep[] {
  return members.length === 0 ? [] : [{ kind: "remove-members", name, members }];
}
