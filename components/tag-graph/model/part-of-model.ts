import type { GraphFocus } from "./graph-focus.ts";
import type { GraphModel } from "./graph-model.ts";

/** Only the boxes and lines in focus, for estates too large to be drawn whole. */
export function partOfModel(model: GraphModel, { nodes }: GraphFocus): GraphModel {
  return {
    ...model,
    senders: model.senders.filter(({ id }) => nodes.has(id)),
    keys: model.keys.filter(({ id }) => nodes.has(id)),
    receivers: model.receivers.filter(({ id }) => nodes.has(id)),
    links: model.links.filter(({ from, to }) => nodes.has(from) && nodes.has(to)),
  };
}
