import "server-only";
import type { StatePayload } from "#web/events/event-types.ts";
import type { PolicyFeed } from "#web/events/policy-feed.ts";
import { statePayload } from "./state-payload.ts";

const WAIT_MS = 1_500;
/** A larger state would make the page itself late; the browser then reads it while the skeleton stands. */
const MAX_ENTRIES_IN_PAGE = 400;

/** The state that goes into the page, or `undefined` when there is none in time or it is too large. */
export async function firstPaintPayload(feed: PolicyFeed): Promise<StatePayload | undefined> {
  const state = await feed.ready(WAIT_MS);
  if (state === undefined || state.entries.size > MAX_ENTRIES_IN_PAGE) return undefined;
  return statePayload(feed, state, null);
}
