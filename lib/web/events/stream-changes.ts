import { encodeEvent, encodeHeartbeat } from "./encode-event.ts";
import { HEARTBEAT_MS } from "./event-types.ts";
import { hintOf } from "./hint-of.ts";
import type { FeedNews, PolicyFeed } from "./policy-feed.ts";

type StreamSources = {
  readonly feed: PolicyFeed;
  /** Calls back when any node's status changed; returns how to stop. */
  readonly onNodes: (listener: () => void) => () => void;
  /** Calls back when what is known of intents changed; returns how to stop. */
  readonly onIntents: (listener: () => void) => () => void;
  /** Aborts when the process is about to end. */
  readonly ending: AbortSignal;
};

/**
 * The server-sent events of one browser: what it missed since `lastEventId`, then news as it happens, and a heartbeat.
 * Ends, and leaves no listener behind, when the browser goes or the process is about to.
 */
export function streamChanges(
  { feed, onNodes, onIntents, ending }: StreamSources,
  lastEventId: string | null,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stop = () => {};
  return new ReadableStream({
    start(controller) {
      const send = (text: string) => {
        try {
          controller.enqueue(encoder.encode(text));
        } catch {
          // The browser has gone and cancel() has not been called yet.
          stop();
        }
      };
      const close = () => {
        stop();
        controller.close();
      };
      const endings = [
        feed.subscribe((news) => send(encodeNews(feed, news))),
        onNodes(() => send(encodeEvent({ kind: "nodes" }))),
        onIntents(() => send(encodeEvent({ kind: "intents" }))),
        repeat(HEARTBEAT_MS, () => send(encodeHeartbeat())),
        () => ending.removeEventListener("abort", close),
      ];
      ending.addEventListener("abort", close);
      stop = () => {
        for (const end of endings) end();
      };
      send(encodeEvent({ kind: "store", health: feed.health() }));
      for (const text of missedSince(feed, lastEventId)) send(text);
    },
    cancel: () => stop(),
  });
}

function encodeNews(feed: PolicyFeed, news: FeedNews): string {
  if (news.kind === "health") return encodeEvent({ kind: "store", health: feed.health() });
  if (news.kind === "reset") return encodeEvent({ kind: "resync" }, feed.state()?.cursor);
  return encodeEvent(hintOf(news.step.revision, news.step.changes), feed.cursorOf(news.step));
}

function missedSince(feed: PolicyFeed, lastEventId: string | null): readonly string[] {
  if (lastEventId === null) return [];
  const steps = feed.since(lastEventId);
  if (steps === undefined) return [encodeEvent({ kind: "resync" }, feed.state()?.cursor)];
  return steps.map((step) => encodeEvent(hintOf(step.revision, step.changes), feed.cursorOf(step)));
}

function repeat(everyMs: number, run: () => void): () => void {
  const timer = setInterval(run, everyMs);
  return () => clearInterval(timer);
}
