import { queryOptions } from "@tanstack/react-query";
import { readJson } from "./read-json.ts";

/** What the rail and the cards say of one node. */
export type NodeStatus = {
  readonly host: string;
  readonly appliedRevision: number;
  readonly isInSync: boolean;
  /** Stored keys the node refused, and its reason. */
  readonly rejected: readonly { readonly key: string; readonly reason: string }[];
  /** Interface name to what the node says of it. */
  readonly endpoints: Readonly<Record<string, "up" | "down" | "error">>;
};

export const nodeStatusesKey = ["node-statuses"] as const;

/** The agents that report now; empty when none does. */
export function nodeStatuses() {
  return queryOptions({
    queryKey: nodeStatusesKey,
    queryFn: ({ signal }) => readJson<readonly NodeStatus[]>("/api/nodes", signal),
  });
}
