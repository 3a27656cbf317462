import "server-only";
import type { StatePayload } from "#web/events/event-types.ts";
import type { FeedState, PolicyFeed } from "#web/events/policy-feed.ts";

/** The state for a browser that stands at `since`: what changed, or everything when that is not remembered. */
export function statePayload(feed: PolicyFeed, state: FeedState, since: string | null): StatePayload {
  const { cursor, storeRevision } = state;
  const steps = since === null ? undefined : feed.since(since);
  if (steps === undefined) return { kind: "full", cursor, storeRevision, entries: [...state.entries.values()] };
  return { kind: "delta", cursor, storeRevision, changes: steps.flatMap((step) => step.changes) };
}
