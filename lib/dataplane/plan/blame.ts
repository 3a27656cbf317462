import { OUR_PREFIX } from "#dataplane/desired/names/chain-names.ts";
import { setName } from "#dataplane/desired/names/set-names.ts";
import type { NodePolicy } from "#dataplane/desired/node-policy.ts";
import type { KernelObject } from "#dataplane/plan/close-objects.ts";
import type { PlanStep } from "#dataplane/plan/plan-step.ts";
import type { Family } from "#policy/rule.ts";

/** A batch the kernel refused, and the line of it that it named, if it named one. */
export type RefusedBatch = { readonly steps: readonly PlanStep[]; readonly line?: string };

/**
 * The object a refused line belongs to: closing it leaves the line out of the next plan. Undefined where no line is named,
 * or where the line is not an object's (a deletion, the frame's own drop).
 */
export function blamedObject({ steps, line = "" }: RefusedBatch, policy: NodePolicy): KernelObject | undefined {
  const [step] = steps;
  if (step === undefined) return undefined;
  const [verb = "", name = ""] = line.split(" ");
  if (step.kind !== "restore-table") return objectOfSet(verb, name, { steps, policy });
  const { family } = step;
  if (verb !== "-A" && verb !== "-I") return undefined;
  return step.table === "filter" && name.startsWith(OUR_PREFIX)
    ? objectOfLine({ family, chain: name, line }, policy)
    : familyObject(family, policy);
}

/** The object whose lines stand in a chain; undefined for chains every packet needs. */
export function objectOfChain(family: Family, chain: string): KernelObject | undefined {
  return /^tortie-[pe][io]-/.test(chain) ? { kind: "chain", family, chain } : undefined;
}

type Line = { readonly family: Family; readonly chain: string; readonly line: string };

function objectOfLine({ family, chain, line }: Line, policy: NodePolicy): KernelObject | undefined {
  const hash = /tortie:([0-9a-f]{12})/.exec(line)?.[1];
  // Without a line that leads on, packets meet the drop at the end of the node; without that drop they would pass.
  if (/^tortie-(from|to)(-|$)/.test(chain)) {
    return hash !== undefined && line.includes(" -g ") ? { kind: "dispatch-line", family, chain, hash } : undefined;
  }
  return objectOfChain(family, chain) ?? familyObject(family, policy);
}

/** What stands in the frame can only be done without together with its whole family, and only if another one is left. */
function familyObject(family: Family, policy: NodePolicy): KernelObject | undefined {
  return policy.families.length > 1 ? { kind: "family", family } : undefined;
}

type Sets = { readonly steps: readonly PlanStep[]; readonly policy: NodePolicy };

/** A set that cannot be made or filled is its tag's fault; one that can only not be removed is left where it is. */
function objectOfSet(verb: string, name: string, { steps, policy }: Sets): KernelObject | undefined {
  const isNeeded = steps.some((step) => step.kind === "create-set" && step.name === name);
  if (verb === "create" || verb === "add" || (verb === "destroy" && isNeeded)) return tagOfSet(name, policy);
  const family = /^tortie-([46])[ab]-/.exec(name)?.[1] === "6" ? 6 : 4;
  return verb === "destroy" ? { kind: "held-set", family, name } : undefined;
}

function tagOfSet(name: string, policy: NodePolicy): KernelObject | undefined {
  for (const { family, sets } of policy.families) {
    for (const tag of sets.keys()) {
      const names = [setName(family, "a", tag), setName(family, "b", tag)];
      if (names.includes(name)) return { kind: "set", family, tag };
    }
  }
  return undefined;
}
