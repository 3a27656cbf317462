import type { BoardEvent, FeedCursor } from "./event-types.ts";

/** One server-sent event; with an id the browser resumes from it after a break. */
export function encodeEvent(event: BoardEvent, id?: FeedCursor): string {
  const { kind, ...facts } = event;
  return `${id === undefined ? "" : `id: ${id}\n`}event: ${kind}\ndata: ${JSON.stringify(facts)}\n\n`;
}

/** A line the browser ignores, to keep the stream open. */
export function encodeHeartbeat(): string {
  return ": still here\n\n";
}
