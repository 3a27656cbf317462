import "server-only";
import { randomUUID } from "node:crypto";
import type { Deps } from "#operations/deps.ts";
import { connectEtcd } from "#store/etcd/connect.ts";
import { etcdOptionsFromEnv } from "#store/etcd/etcd-options.ts";
import { followNodes, type NodeFeed } from "./events/node-feed.ts";
import { followPolicy, type PolicyFeed } from "./events/policy-feed.ts";
import { followIntents, type IntentFeed } from "./intents/intent-feed.ts";

/** What the web door stands on: the operations' ports, the process-wide watches, and the process's end. */
export type WebDeps = {
  readonly deps: Deps;
  readonly feed: PolicyFeed;
  readonly nodes: NodeFeed;
  readonly intents: IntentFeed;
  readonly ending: AbortSignal;
};

// Next bundles routes, pages and actions apart, each with its own copy of this module; the process is what they share.
const shared = globalThis as { tortieWebDeps?: WebDeps };

/** The composition root of the web door: one etcd connection and one watch for the whole process. */
export function webDeps(): WebDeps {
  shared.tortieWebDeps ??= compose();
  return shared.tortieWebDeps;
}

function compose(): WebDeps {
  const options = etcdOptionsFromEnv(process.env);
  if (!options.ok) throw new Error(`etcd settings: ${JSON.stringify(options.error)}`);
  const { store, statuses } = connectEtcd(options.value);
  const end = new AbortController();
  const { signal } = end;
  // Next waits for open responses before it exits; those of events end only with us.
  for (const name of ["SIGTERM", "SIGINT"] as const) process.once(name, () => end.abort());
  const feed = followPolicy(store, { signal, now: Date.now, bootId: randomUUID().slice(0, 8) });
  return {
    deps: { store, statuses, now: Date.now, newRequestId: randomUUID },
    feed,
    intents: followIntents({ store, feed, signal }),
    nodes: followNodes(statuses, signal),
    ending: signal,
  };
}
