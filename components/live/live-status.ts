import { useSyncExternalStore } from "react";

/** What this browser knows of the line to the board and of the board's line to etcd; times are this browser's. */
export type LiveStatus =
  | { readonly kind: "connecting" }
  | { readonly kind: "live" }
  | { readonly kind: "etcd-away"; readonly since: number; readonly detail: string }
  | { readonly kind: "board-away"; readonly since: number };

let status: LiveStatus = { kind: "connecting" };
const listeners = new Set<() => void>();

/** Replaces the status; `board-away` keeps the time it began. */
export function setLiveStatus(next: LiveStatus): void {
  if (next.kind === "board-away" && status.kind === "board-away") return;
  status = next;
  for (const listener of [...listeners]) listener();
}

/** The one status of this tab. */
export function useLiveStatus(): LiveStatus {
  return useSyncExternalStore(
    subscribe,
    () => status,
    () => CONNECTING,
  );
}

const CONNECTING: LiveStatus = { kind: "connecting" };

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
