import { placeKey } from "#components/reach/place-key.ts";
import type { BoxPlace, KeyNode, ReceiverNode, SenderNode } from "./graph-model.ts";
import { formatKey } from "./graph-relations.ts";

/** What the person looks at; places by placeKey, keys by formatKey, so that a link keeps its meaning. */
export type GraphSelection =
  | { readonly kind: "nothing" }
  | { readonly kind: "sender"; readonly from: string }
  | { readonly kind: "receiver"; readonly to: string }
  | { readonly kind: "pair"; readonly from: string; readonly to: string }
  | { readonly kind: "key"; readonly key: string };

/** The parameters of the address that hold a selection. */
export type SelectionParams = Readonly<Record<"from" | "to" | "key", string | undefined>>;

/** Reads a selection from the address; a key wins over places, because it was chosen last. */
export function parseSelection(params: { readonly get: (name: string) => string | null }): GraphSelection {
  const [from, to, key] = [params.get("from"), params.get("to"), params.get("key")];
  if (key) return { kind: "key", key };
  if (from && to) return { kind: "pair", from, to };
  if (from) return { kind: "sender", from };
  return to ? { kind: "receiver", to } : { kind: "nothing" };
}

/** Writes a selection for the address. */
export function formatSelection(selection: GraphSelection): SelectionParams {
  return {
    from: "from" in selection ? selection.from : undefined,
    to: "to" in selection ? selection.to : undefined,
    key: "key" in selection ? selection.key : undefined,
  };
}

/** What choosing a node makes of the selection: a sender and a receiver make a pair, a chosen one is let go. */
export function selectNode(before: GraphSelection, node: SenderNode | ReceiverNode | KeyNode): GraphSelection {
  if (node.column === "tag") {
    const key = node.key.kind === "tags" ? node.key.name : formatKey(node.key);
    return before.kind === "key" && before.key === key ? { kind: "nothing" } : { kind: "key", key };
  }
  const chosen = boxKey(node.place);
  const { from, to } = formatSelection(before);
  const next =
    node.column === "sender" ? [from === chosen ? undefined : chosen, to] : [from, to === chosen ? undefined : chosen];
  return parseSelection({ get: (name) => (name === "from" ? next[0] : name === "to" ? next[1] : undefined) ?? null });
}

/** The key by which a box's place stands in the address. */
export function boxKey(place: BoxPlace): string {
  return place.kind === "group" ? place.key : placeKey(place);
}
