/*
 * A policy with some of its objects closed: what the kernel refuses must not keep everything else from being programmed,
 * and must not open anything. A chain becomes a drop, a dispatch line is left out (the node's last line drops), the chains
 * that name a set become drops, a family whose frame is refused gets a wall. What is left of the policy is planned as ever.
 */
import type { FamilyPolicy, NodePolicy, TableName, TablePolicy } from "#dataplane/desired/node-policy.ts";
import { type Chain, ruleLine } from "#dataplane/desired/rules/rule-line.ts";
import type { Family } from "#policy/rule.ts";
import type { Tag } from "#policy/tag.ts";
import { assertNever } from "#prelude/assert-never.ts";

/** Something of a node's policy that can be closed, or done without, by itself. */
export type KernelObject =
  | { readonly kind: "chain"; readonly family: Family; readonly chain: string }
  | { readonly kind: "dispatch-line"; readonly family: Family; readonly chain: string; readonly hash: string }
  | { readonly kind: "set"; readonly family: Family; readonly tag: Tag }
  /** A set of ours that rules of another program name: it cannot be destroyed. */
  | { readonly kind: "held-set"; readonly family: Family; readonly name: string }
  /** A chain of ours that rules of another program jump to: it cannot be removed. */
  | { readonly kind: "held-chain"; readonly family: Family; readonly table: TableName; readonly chain: string }
  /** The frame every packet needs; `wall` counts from the family's tightest, and past the last nothing is left to try. */
  | { readonly kind: "family"; readonly family: Family; readonly wall: number };

const STUB = ruleLine("-j DROP", "the kernel refused what stood here");

/** The policy without what the objects would do; the same value when there are none. */
export function closeObjects(policy: NodePolicy, closed: readonly KernelObject[]): NodePolicy {
  if (closed.length === 0) return policy;
  const families = policy.families.flatMap((one) => {
    const own = closed.filter(({ family }) => family === one.family);
    const refused = own.find((object) => object.kind === "family");
    if (refused !== undefined) return walledFamily(one, refused.wall);
    return [own.length === 0 ? one : closeInFamily(one, own)];
  });
  return { ...policy, families };
}

/** The family behind a wall; nothing of it where the kernel takes none. */
function walledFamily(policy: FamilyPolicy, wall: number): readonly FamilyPolicy[] {
  const table = policy.walls[wall];
  return table === undefined ? [] : [{ ...policy, sets: new Map(), tables: [table] }];
}

function closeInFamily(policy: FamilyPolicy, closed: readonly KernelObject[]): FamilyPolicy {
  const tags: ReadonlySet<Tag> = new Set(closed.flatMap((one) => (one.kind === "set" ? [one.tag] : [])));
  const byChain = new Map<string, KernelObject[]>();
  for (const one of closed) {
    if (one.kind !== "chain" && one.kind !== "dispatch-line") continue;
    byChain.set(one.chain, [...(byChain.get(one.chain) ?? []), one]);
  }
  const close = (chain: Chain): Chain =>
    chain.lines.some(({ uses }) => uses.some(({ tag }) => tags.has(tag)))
      ? { name: chain.name, lines: [STUB] }
      : (byChain.get(chain.name) ?? []).reduce(closeChain, chain);
  const tables = policy.tables.map((one): TablePolicy => {
    const table = holdChains(one, closed);
    if (table.table !== "filter") return table;
    return { ...table, chains: new Map([...table.chains].map(([name, chain]) => [name, close(chain)])) };
  });
  const needed = new Set(tables.flatMap(({ chains }) => [...chains.values()].flatMap(tagsNamed)));
  const held = closed.flatMap((one) => (one.kind === "held-set" ? [one.name] : []));
  const heldSets = new Set([...(policy.heldSets ?? []), ...held]);
  return { ...policy, tables, heldSets, sets: new Map([...policy.sets].filter(([tag]) => needed.has(tag))) };
}

function holdChains(table: TablePolicy, closed: readonly KernelObject[]): TablePolicy {
  const held = closed.flatMap((one) => (one.kind === "held-chain" && one.table === table.table ? [one.chain] : []));
  return held.length === 0 ? table : { ...table, heldChains: new Set([...(table.heldChains ?? []), ...held]) };
}

function closeChain(chain: Chain, object: KernelObject): Chain {
  switch (object.kind) {
    case "chain":
      return { name: chain.name, lines: [STUB] };
    case "dispatch-line":
      return { name: chain.name, lines: chain.lines.filter(({ hash }) => hash !== object.hash) };
    case "set":
    case "held-set":
    case "held-chain":
    case "family":
      return chain;
    default:
      return assertNever(object);
  }
}

function tagsNamed({ lines }: Chain): readonly Tag[] {
  return lines.flatMap(({ uses }) => uses.map(({ tag }) => tag));
}
