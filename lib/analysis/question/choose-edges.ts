import { type AnyNode, formatNode } from "#analysis/reach/reach-node.ts";
import type { Reachability } from "#analysis/reach/reachability.ts";
import { parseCidr } from "#policy/cidr.ts";
import { assertNever } from "#prelude/assert-never.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/** The graph has no such place. */
export type UnknownNode = { readonly kind: "unknown-node"; readonly text: string };

/** The graph with only the pairs from one of its places, to one, or both. */
export function chooseEdges(
  whole: Reachability<AnyNode>,
  fromText: string | undefined,
  toText: string | undefined,
): Result<Reachability<AnyNode>, UnknownNode> {
  const [from, to] = [findNode(whole, fromText), findNode(whole, toText)];
  if (!from.ok) return from;
  if (!to.ok) return to;
  const isChosen = (index: number, chosen: number | undefined) => chosen === undefined || chosen === index;
  return ok({
    ...whole,
    edges: (kind) =>
      whole.edges(kind).filter((edge) => isChosen(edge.fromIndex, from.value) && isChosen(edge.toIndex, to.value)),
  });
}

function findNode({ nodes }: Reachability<AnyNode>, text: string | undefined): Result<number | undefined, UnknownNode> {
  if (text === undefined) return ok(undefined);
  const index = nodes.findIndex((node) => isNamed(node, text));
  return index >= 0 ? ok(index) : err({ kind: "unknown-node", text });
}

/** A profile may be called world, too: then only `profile:world` names it. */
function isNamed(node: AnyNode, text: string): boolean {
  switch (node.kind) {
    case "world":
      return text === "world";
    case "cidr": {
      const net = parseCidr(text);
      return net.ok && net.value.text === node.cidr;
    }
    case "profile":
      return text === `profile:${node.id}` || (text === node.id && text !== "world");
    case "profiles":
      return text === formatNode(node) || text === node.ids.join();
    default:
      return assertNever(node);
  }
}
