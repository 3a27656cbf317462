import type { GraphOutline } from "./graph-model.ts";
import type { GraphRelations } from "./graph-relations.ts";
import type { GraphRequest } from "./graph-request.ts";
import { type GraphPart, type GroupedPart, groupBoxes, withoutKeys } from "./group-boxes.ts";

type DrawnPart = { readonly whole: GraphPart; readonly grouped: GroupedPart };
type Asked = Pick<GraphRequest, "hidden" | "group">;

/** Ways to draw one state that are kept; a person goes back and forth between two or three. */
const MAX_KEPT = 6;
const kept = new WeakMap<GraphRelations, Map<string, DrawnPart>>();

/** What is drawn of a state: made once, for a selection or a query moves no box. */
export function drawnPart({ relations, ...outline }: GraphOutline, { hidden, group }: Asked): DrawnPart {
  const parts = kept.get(relations) ?? new Map<string, DrawnPart>();
  kept.set(relations, parts);
  const name = [group, ...hidden].join(" ");
  const known = parts.get(name);
  if (known !== undefined) return known;
  const whole = withoutKeys(outline, hidden);
  const part = { whole, grouped: groupBoxes(whole, outline.snapshot, group) };
  if (parts.size >= MAX_KEPT) parts.clear();
  parts.set(name, part);
  return part;
}
