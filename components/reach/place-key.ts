import type { ReachNode } from "#analysis/reach/reach-node.ts";

/** A place as one text, for addresses and keys: `WEB`, `10.20.0.0/16` or `@world`; no profile can be called like the last two. */
export function placeKey(node: ReachNode): string {
  switch (node.kind) {
    case "profile":
      return node.id;
    case "cidr":
      return node.cidr;
    case "world":
      return WORLD_KEY;
  }
}

/** A place as a person reads it. */
export function placeName(node: ReachNode): string {
  return node.kind === "world" ? "Anywhere" : placeKey(node);
}

export const WORLD_KEY = "@world";

/** Two places in their order as one text. */
export function pairKey(from: ReachNode, to: ReachNode): string {
  return `${placeKey(from)}>${placeKey(to)}`;
}

/** A place as the judge writes it in words, as a person reads it. */
export function placeOfNode(text: string): string {
  return text === "world" ? "Anywhere" : text.replace(/^profile:/, "");
}
