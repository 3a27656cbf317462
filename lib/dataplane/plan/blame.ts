import { setName } from "#dataplane/desired/names/set-names.ts";
import type { NodePolicy, TableName } from "#dataplane/desired/node-policy.ts";
import type { KernelObject } from "#dataplane/plan/close-objects.ts";
import type { PlanStep } from "#dataplane/plan/plan-step.ts";
import type { Family } from "#policy/rule.ts";

/** A batch the kernel refused, and the line of it that it named, if it named one. */
export type RefusedBatch = { readonly steps: readonly PlanStep[]; readonly line?: string };

/**
 * The object a refused line belongs to: closing it leaves the line out of the next plan. Undefined where no line is named,
 * or where the line is not an object's (a deletion).
 */
export function blamedObject({ steps, line = "" }: RefusedBatch, policy: NodePolicy): KernelObject | undefined {
  const [step] = steps;
  if (step === undefined) return undefined;
  const [verb = "", name = ""] = line.split(" ");
  if (step.kind !== "restore-table") return objectOfSet(verb, name, { steps, policy });
  const { family, table } = step;
  if (verb === "-A" || verb === "-I") return objectOfLine({ family, table, chain: name, line });
  if (verb === "-X") return { kind: "held-chain", family, table, chain: name };
  if (verb.startsWith(":")) return objectOfChain(family, verb.slice(1)) ?? familyObject(family);
  return verb.startsWith("*") ? familyObject(family) : undefined;
}

/** The object whose lines stand in a chain; undefined for chains every packet needs. */
export function objectOfChain(family: Family, chain: string): KernelObject | undefined {
  return /^tortie-[pe][io]-/.test(chain) ? { kind: "chain", family, chain } : undefined;
}

type Line = {
  readonly family: Family;
  readonly table: TableName;
  readonly chain: string;
  /** With its comment. */
  readonly line: string;
};

/** The object a written line belongs to; what stands in the frame belongs to the family. */
export function objectOfLine({ family, table, chain, line }: Line): KernelObject {
  if (table !== "filter") return familyObject(family);
  const hash = /tortie:([0-9a-f]{12})/.exec(line)?.[1];
  // Without a line that leads on, packets meet the drop at the end of the node; without that drop they would pass.
  if (/^tortie-(from|to)(-|$)/.test(chain)) {
    const leadsOn = hash !== undefined && line.includes(" -g ");
    return leadsOn ? { kind: "dispatch-line", family, chain, hash } : familyObject(family);
  }
  return objectOfChain(family, chain) ?? familyObject(family);
}

/** What stands in the frame can only be done without together with its whole family. */
export function familyObject(family: Family): KernelObject {
  return { kind: "family", family, wall: 0 };
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
