import { useEffect } from "react";
import { BOARD_EVENT_KINDS, type BoardEvent, type StoreHealth } from "#web/events/event-types.ts";
import type { LiveReadings } from "./live-readings.ts";
import { setLiveStatus } from "./live-status.ts";

/** A stream the browser has given up (an answer that was no stream) is asked for again after this. */
const ASK_AGAIN_MS = 2_000;

/** Keeps the readings true: one stream of hints per tab, each hint reads what changed since the last reading. */
export function usePolicyEvents(live: LiveReadings): void {
  useEffect(() => {
    let source: EventSource;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const connect = () => {
      source = new EventSource("/api/events");
      for (const kind of BOARD_EVENT_KINDS) {
        source.addEventListener(kind, (message) => {
          hear(live, { kind, ...JSON.parse(message.data) } as BoardEvent);
        });
      }
      // Whatever was missed while there was no line is read once it is back.
      source.onopen = () => refresh(live);
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
  }, [live]);
}

function hear(live: LiveReadings, event: BoardEvent): void {
  switch (event.kind) {
    case "changed":
    case "resync":
      // After a resync the server no longer knows this tab's cursor and answers with everything.
      live.policy.refresh();
      return;
    case "nodes":
      live.nodes.refresh();
      return;
    case "store":
      setLiveStatus(statusOf(event.health));
      if (event.health.kind === "in-touch") refresh(live);
      return;
  }
}

function refresh(live: LiveReadings): void {
  live.policy.refresh();
  live.nodes.refresh();
}

function statusOf(health: StoreHealth) {
  if (health.kind === "in-touch") return { kind: "live" } as const;
  return { kind: "etcd-away", since: Date.now() - health.awayForMs, detail: health.detail } as const;
}
