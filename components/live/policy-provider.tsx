"use client";

import { createContext, type ReactNode, use, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useSettleSaved } from "#components/drafts/settle-saved.ts";
import type { StatePayload } from "#web/events/event-types.ts";
import type { NodeStatus } from "#web/queries/node-statuses.ts";
import type { PolicyState } from "#web/queries/policy-state.ts";
import { type LiveReadings, liveReadings } from "./live-readings.ts";
import type { LiveValue, Reading } from "./live-value.ts";
import { usePolicyEvents } from "./use-policy-events.ts";

/** What every page of the board stands on. */
export type Policy =
  | { readonly kind: "known"; readonly state: PolicyState }
  | { readonly kind: "reading" }
  | { readonly kind: "unreadable"; readonly detail: string; readonly retry: () => void };

const LiveContext = createContext<LiveReadings | undefined>(undefined);
const PolicyContext = createContext<Policy>({ kind: "reading" });

/** The policy as it is now, live. A state once read stays, whatever happens to the line. */
export function usePolicy(): Policy {
  return use(PolicyContext);
}

/** The agents that report now; `undefined` until they have been read. */
export function useNodeStatuses(): readonly NodeStatus[] | undefined {
  return useReading(useLive().nodes).value;
}

/** The readings themselves: to look without being told of changes, or to read again. */
export function useLive(): LiveReadings {
  const live = use(LiveContext);
  if (live === undefined) throw new Error("a part of the board stands outside the policy provider");
  return live;
}

type PolicyProviderProps = {
  /** The state the server read for the first paint; absent when it was too large or etcd did not answer. */
  readonly initial: StatePayload | undefined;
  readonly children: ReactNode;
};

/** Holds the readings and the one event stream of the tab. */
export function PolicyProvider({ initial, children }: PolicyProviderProps) {
  const [live] = useState(() => liveReadings(initial));
  const reading = useReading(live.policy);
  useEffect(() => {
    if (live.policy.read().value === undefined) live.policy.refresh();
    live.nodes.refresh();
  }, [live]);
  usePolicyEvents(live);
  useSettleSaved(reading.value?.storeRevision);
  const policy = useMemo(() => policyOf(reading, live.policy.refresh), [reading, live]);
  return (
    <LiveContext value={live}>
      <PolicyContext value={policy}>{children}</PolicyContext>
    </LiveContext>
  );
}

function useReading<T>(live: LiveValue<T>): Reading<T> {
  return useSyncExternalStore(live.subscribe, live.read, live.read);
}

function policyOf({ value, failure }: Reading<PolicyState>, retry: () => void): Policy {
  if (value !== undefined) return { kind: "known", state: value };
  return failure === undefined ? { kind: "reading" } : { kind: "unreadable", detail: failure.message, retry };
}
