import { WORLD_KEY } from "#components/reach/place-key.ts";
import type { GraphSelection } from "./graph-selection.ts";

/** The names of what is selected, in reading order. */
export function selectionNames(selection: GraphSelection): readonly string[] {
  switch (selection.kind) {
    case "nothing":
      return [];
    case "sender":
      return [nameOf(selection.from), "all it reaches"];
    case "receiver":
      return ["all who reach", nameOf(selection.to)];
    case "pair":
      return [nameOf(selection.from), nameOf(selection.to)];
    case "key":
      return [keyName(selection.key)];
  }
}

/** A place named by its key. */
export function nameOf(place: string): string {
  return place === WORLD_KEY ? "Anywhere" : place;
}

/** A key as a person reads it. */
export function keyName(key: string): string {
  if (key === "anyone") return "no tag needed";
  return key.replace(/^(tag|range):/, "");
}
