import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { BOARD_EVENT_KINDS, type BoardEvent, type StoreHealth } from "#web/events/event-types.ts";
import { intentRowsKey } from "#web/queries/intent-rows.ts";
import { nodeStatusesKey } from "#web/queries/node-statuses.ts";
import { policyStateKey } from "#web/queries/policy-state.ts";
import { setLiveStatus } from "./live-status.ts";

/** A stream the browser has given up (an answer that was no stream) is asked for again after this. */
const ASK_AGAIN_MS = 2_000;

/** Keeps the query cache true: one stream of hints per tab, each hint reads what changed since the cache's cursor. */
export function usePolicyEvents(): void {
  const client = useQueryClient();
  useEffect(() => {
    let source: EventSource;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const connect = () => {
      source = new EventSource("/api/events");
      for (const kind of BOARD_EVENT_KINDS) {
        source.addEventListener(kind, (message) => {
          hear(client, { kind, ...JSON.parse(message.data) } as BoardEvent);
        });
      }
      // Whatever was missed while there was no line is read once it is back.
      source.onopen = () => refresh(client);
      source.onerror = () => {
        setLiveStatus({ kind: "board-away", since: Date.now() });
        if (source.readyState === EventSource.CLOSED) timer = setTimeout(connect, ASK_AGAIN_MS);
      };
    };
    connect();
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [client]);
}

function hear(client: QueryClient, event: BoardEvent): void {
  switch (event.kind) {
    case "changed":
    case "resync":
      // After a resync the server no longer knows this tab's cursor and answers with everything.
      return void client.invalidateQueries({ queryKey: policyStateKey });
    case "intents":
      return void client.invalidateQueries({ queryKey: intentRowsKey });
    case "nodes":
      return void client.invalidateQueries({ queryKey: nodeStatusesKey });
    case "store":
      setLiveStatus(statusOf(event.health));
      if (event.health.kind === "in-touch") refresh(client);
      return;
  }
}

function refresh(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: policyStateKey });
  void client.invalidateQueries({ queryKey: nodeStatusesKey });
  void client.invalidateQueries({ queryKey: intentRowsKey });
}

function statusOf(health: StoreHealth) {
  if (health.kind === "in-touch") return { kind: "live" } as const;
  return { kind: "etcd-away", since: Date.now() - health.awayForMs, detail: health.detail } as const;
}
