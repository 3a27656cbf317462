import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type { Snapshot } from "#policy/snapshot.ts";
import { applyChanges, snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import type { FeedCursor, StatePayload } from "#web/events/event-types.ts";
import { type ProfileVersions, profileVersions } from "./profile-versions.ts";
import { readJson } from "./read-json.ts";

/** The whole policy as this browser knows it, and what to compare when it saves. */
export type PolicyState = {
  readonly cursor: FeedCursor;
  readonly storeRevision: number;
  readonly snapshot: Snapshot;
  readonly versions: ProfileVersions;
};

export const policyStateKey = ["policy-state"] as const;

/** The policy, read whole once and by changes after that. One parser: the browser builds the snapshot itself (I8). */
export function policyState(client: QueryClient) {
  return queryOptions({
    queryKey: policyStateKey,
    // Maps are shared by applyChanges; comparing them again would only cost time.
    structuralSharing: false,
    queryFn: ({ signal }) => readPolicyState(client.getQueryData<PolicyState>(policyStateKey), signal),
  });
}

/** Reads what changed since a state, or all of it; also what a worker of the page calls for itself. */
export async function readPolicyState(before: PolicyState | undefined, signal: AbortSignal): Promise<PolicyState> {
  const since = before === undefined ? "" : `?since=${encodeURIComponent(before.cursor)}`;
  const payload = await readJson<StatePayload>(`/api/state${since}`, signal);
  if (payload.kind === "delta") return policyStateFrom(payload, before);
  // The rest of a large policy is a change of its first piece: no frame waits for all of it.
  const { entries, ...about } = payload;
  let state = policyStateFrom({ ...payload, entries: entries.slice(0, PIECE) });
  for (let start = PIECE; start < entries.length; start += PIECE) {
    await new Promise((resolve) => setTimeout(resolve));
    state = policyStateFrom({ ...about, kind: "delta", changes: entries.slice(start, start + PIECE) }, state);
  }
  return state;
}

/** Entries parsed at a time: some milliseconds. */
const PIECE = 250;

/** Builds the state a payload describes, on top of what was known before. */
export function policyStateFrom(payload: StatePayload, before?: PolicyState): PolicyState {
  const { cursor, storeRevision } = payload;
  if (payload.kind === "full" || before === undefined) {
    const entries = payload.kind === "full" ? payload.entries : [];
    return { cursor, storeRevision, snapshot: snapshotFromEntries(entries), versions: profileVersions(entries) };
  }
  if (payload.changes.length === 0) return { ...before, cursor, storeRevision };
  return {
    cursor,
    storeRevision,
    snapshot: applyChanges(before.snapshot, payload.changes),
    versions: profileVersions(payload.changes, before.versions),
  };
}
