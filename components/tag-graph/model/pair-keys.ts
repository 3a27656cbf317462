import { type ConnectionSet, NOTHING, union } from "#analysis/connections/connection-set.ts";
import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import type { RelationPiece } from "#analysis/reach/explain-relation.ts";
import type { Reachability } from "#analysis/reach/reachability.ts";
import { canonicalRule } from "#policy/canonical-rule.ts";
import { formatKey, type Key, keyOf } from "./graph-relations.ts";

/** What of a pair's connections goes through one key. */
export type KeyUse = { readonly key: Key; readonly text: string };
type KeySet = { readonly key: Key; readonly set: ConnectionSet };

/** The keys a pair's allowed connections turn, from the rules that decide them; in the order of the receiver's rules. */
export function pairKeys(reach: Reachability, from: number, to: number): readonly KeyUse[] {
  return pairKeySets(reach, from, to).map(({ key, set }) => ({ key, text: formatConnectionSet(set) }));
}

/** The same with the sets themselves. */
export function pairKeySets(reach: Reachability, from: number, to: number): readonly KeySet[] {
  const uses = new Map<string, KeySet>();
  for (const piece of reach.explain(from, to)) {
    if (piece.verdict !== "allow") continue;
    const key = keyOfPiece(piece);
    const before = uses.get(formatKey(key))?.set ?? NOTHING;
    uses.set(formatKey(key), { key, set: union(before, piece.set) });
  }
  return [...uses.values()];
}

/** The receiver's rule names the key; a receiver without policy is reached by whatever address the sender's rule names. */
function keyOfPiece({ sender, receiver }: RelationPiece): Key {
  if (receiver.decidedBy.kind === "rule") return keyOf(canonicalRule(receiver.decidedBy.rule));
  if (sender.decidedBy.kind !== "rule") return { kind: "anyone" };
  const { net } = canonicalRule(sender.decidedBy.rule).dst;
  return net === undefined || net.prefix === 0 ? { kind: "anyone" } : { kind: "range", cidr: net.text };
}
