import { queryOptions } from "@tanstack/react-query";
import type { BrokenSince } from "#analysis/intents/broken-since.ts";
import type { IntentState } from "#analysis/intents/judge-intents.ts";
import type { Intent, IntentId } from "#policy/intent/intent.ts";
import type { Leaf } from "#policy/profile.ts";
import { readJson } from "./read-json.ts";

/** One stored intent with what the board's own watch knows of it. Plain JSON. */
export type IntentRow = {
  readonly id: IntentId;
  /** What to compare when it is written again. */
  readonly modRevision: number;
  readonly intent: Leaf<Intent>;
  /** Absent while it is not judged yet, or cannot be read. */
  readonly state?: IntentState;
  /** Absent while it holds, or while the history is still searched. */
  readonly since?: BrokenSince;
};

/** The intents as they are at a revision, broken ones first. */
export type IntentsPayload = { readonly revision: number; readonly rows: readonly IntentRow[] };

export const intentRowsKey = ["intent-rows"] as const;

/** The stored intents with what the board knows of them. */
export function intentRows() {
  return queryOptions({
    queryKey: intentRowsKey,
    queryFn: ({ signal }) => readJson<IntentsPayload>("/api/intents", signal),
  });
}
