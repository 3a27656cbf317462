"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useState } from "react";
import { useSettleSaved } from "#components/drafts/settle-saved.ts";
import type { StatePayload } from "#web/events/event-types.ts";
import { type PolicyState, policyState, policyStateFrom } from "#web/queries/policy-state.ts";
import { usePolicyEvents } from "./use-policy-events.ts";

/** What every page of the board stands on. */
export type Policy =
  | { readonly kind: "known"; readonly state: PolicyState }
  | { readonly kind: "reading" }
  | { readonly kind: "unreadable"; readonly detail: string; readonly retry: () => void };

const PolicyContext = createContext<Policy>({ kind: "reading" });

/** The policy as it is now, live. A state once read stays, whatever happens to the line. */
export function usePolicy(): Policy {
  return use(PolicyContext);
}

type PolicyProviderProps = {
  /** The state the server read for the first paint; absent when it was too large or etcd did not answer. */
  readonly initial: StatePayload | undefined;
  readonly children: ReactNode;
};

/** Holds the one policy query and the one event stream of the tab. */
export function PolicyProvider({ initial, children }: PolicyProviderProps) {
  const client = useQueryClient();
  const [initialState] = useState(() => (initial === undefined ? undefined : policyStateFrom(initial)));
  const { data, error, refetch } = useQuery({
    ...policyState(client),
    ...(initialState === undefined ? {} : { initialData: initialState }),
  });
  usePolicyEvents();
  useSettleSaved(data?.storeRevision);
  return <PolicyContext value={policyOf(data, error, () => void refetch())}>{children}</PolicyContext>;
}

function policyOf(data: PolicyState | undefined, error: Error | null, retry: () => void): Policy {
  if (data !== undefined) return { kind: "known", state: data };
  return error === null ? { kind: "reading" } : { kind: "unreadable", detail: error.message, retry };
}
