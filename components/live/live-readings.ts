import type { StatePayload } from "#web/events/event-types.ts";
import { type NodeStatus, readNodeStatuses } from "#web/queries/node-statuses.ts";
import { type PolicyState, policyStateFrom, readPolicyState } from "#web/queries/policy-state.ts";
import { type LiveValue, liveValue } from "./live-value.ts";

/** The two things a tab reads and keeps true. */
export type LiveReadings = {
  readonly policy: LiveValue<PolicyState>;
  /** The agents that report now. */
  readonly nodes: LiveValue<readonly NodeStatus[]>;
};

/** The readings of one tab; `initial` is the state the server put into the page. */
export function liveReadings(initial: StatePayload | undefined): LiveReadings {
  return {
    policy: liveValue(readPolicyState, initial && policyStateFrom(initial)),
    nodes: liveValue<readonly NodeStatus[]>((_, signal) => readNodeStatuses(signal)),
  };
}
