import fc from "fast-check";
import { expect, it } from "vitest";
import { reconciledNode } from "#agent/reconciled-node.ts";
import { nodeSettings } from "#dataplane/desired/node-settings.ts";
import { type FakeKernel, fakeKernel } from "#dataplane/testing/fake-kernel.ts";
import { smallState } from "#dataplane/testing/small-world.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import { followSnapshot } from "#store/live-snapshot.ts";
import type { PolicyStore, StoredChange, WatchEvent } from "#store/policy-store.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

/*
 * The kernel's bytes depend on the last state and on nothing else: not on the order of events, how many come in one
 * transaction, how often they are repeated, whether a list comes in between, or when the agent looked.
 */
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

type Step = { readonly event: WatchEvent; readonly looks: boolean };

/** An agent on an empty kernel that hears these events and looks where the steps say, and at the end. */
async function bytesAfter(steps: readonly Step[]): Promise<readonly string[]> {
  const kernel = fakeKernel();
  const heard = queue();
  const stop = new AbortController();
  const store: Pick<PolicyStore, "watch"> = { watch: () => heard.events() };
  const lives = followSnapshot(store as PolicyStore, stop.signal);
  const node = reconciledNode({
    kernel,
    settings: (snapshot) => nodeSettings(snapshot, { host: "h1", families: [4, 6] }),
    now: () => performance.now(),
    log: quiet,
    orphanGraceMs: 0,
    auditIntervalMs: 60_000,
    onApplied: () => {},
    onProgress: () => {},
  });
  let next = lives.next();
  for (const [index, { event, looks }] of steps.entries()) {
    heard.push(event);
    if (!looks && index < steps.length - 1) continue;
    await heard.isRead();
    for (let news = await orNothing(next); news !== undefined; news = await orNothing(next)) {
      if (!news.done) await node.turn(news.value);
      next = lives.next();
    }
  }
  stop.abort();
  heard.end();
  return bytes(kernel);
}

/** What is there, or nothing when it does not come at once. */
async function orNothing<T>(coming: Promise<T>): Promise<T | undefined> {
  return Promise.race([coming, new Promise<undefined>((resolve) => setImmediate(resolve, undefined))]);
}

/** Without what says only which of a tag's two sets is in use. */
function bytes(kernel: FakeKernel): readonly string[] {
  return [kernel.saveTables(4), kernel.saveTables(6), kernel.saveSets()].map((text) =>
    text
      .replace(/tortie-([46])b-/g, "tortie-$1a-")
      .split("\n")
      .sort()
      .join("\n"),
  );
}

function queue() {
  const waiting: WatchEvent[] = [];
  let wake = () => {};
  let isOver = false;
  return {
    push(event: WatchEvent) {
      waiting.push(event);
      wake();
    },
    end() {
      isOver = true;
      wake();
    },
    /** Resolves when the reader has taken everything. */
    async isRead() {
      while (waiting.length > 0) await new Promise((resolve) => setImmediate(resolve));
    },
    async *events(): AsyncGenerator<WatchEvent> {
      for (;;) {
        const event = waiting.shift();
        if (event !== undefined) yield event;
        else if (isOver) return;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    },
  };
}

const listOf = (entries: readonly { key: string; value: string }[], storeRevision: number): WatchEvent => ({
  kind: "snapshot",
  snapshot: { entries: entries.map((entry) => ({ ...entry, modRevision: storeRevision })), storeRevision },
});

/** Ways to hear of the same last state: detours over other states, in any order and any batches. */
const history = fc
  .record({ states: fc.array(smallState, { minLength: 1, maxLength: 3 }), seed: fc.integer() })
  .map(({ states, seed }) => ({ states: states.map((state) => parseStateValue(state).entries), seed }));

it("any order, batching and repetition of events ends in the same bytes", PROPERTY_TIMEOUT, async () => {
  await fc.assert(
    fc.asyncProperty(history, fc.infiniteStream(fc.nat({ max: 1_000 })), async ({ states }, dice) => {
      const roll = (sides: number) => (dice.next().value ?? 0) % sides;
      const last = states.at(-1) ?? [];
      const straight = await bytesAfter([{ event: listOf(last, 2), looks: true }]);
      expect(await bytesAfter(wayTo(states, roll))).toEqual(straight);
    }),
    runCount(60),
  );
});

function wayTo(states: ReturnType<typeof parseStateValue>["entries"][], roll: (sides: number) => number): Step[] {
  let revision = 2;
  const steps: Step[] = [{ event: listOf(states[0] ?? [], revision), looks: roll(2) === 0 }];
  let before = states[0] ?? [];
  for (const after of [...states.slice(1), states.at(-1) ?? []]) {
    const changes = shuffled(changesBetween(before, after), roll);
    while (changes.length > 0) {
      revision += 1;
      const batch = changes.splice(0, 1 + roll(5)).map((change) => ({ ...change, modRevision: revision }));
      // A change told twice, and a connection that comes and goes, change nothing.
      const event: WatchEvent = {
        kind: "changes",
        changes: roll(4) ? batch : [...batch, ...batch],
        storeRevision: revision,
      };
      steps.push({ event, looks: roll(3) === 0 });
      if (roll(6) === 0) steps.push({ event: { kind: "disconnected", detail: "away" }, looks: roll(2) === 0 });
      if (roll(8) === 0) steps.push({ event: { kind: "connected" }, looks: false });
    }
    if (roll(3) === 0) steps.push({ event: listOf(after, revision), looks: roll(2) === 0 });
    before = after;
  }
  return steps;
}

type Entries = ReturnType<typeof parseStateValue>["entries"];

function changesBetween(before: Entries, after: Entries): Omit<StoredChange, "modRevision">[] {
  const keys = new Set(after.map(({ key }) => key));
  return [
    ...after.map(({ key, value }) => ({ key, value })),
    ...before.filter(({ key }) => !keys.has(key)).map(({ key }) => ({ key })),
  ];
}

function shuffled<T>(values: readonly T[], roll: (sides: number) => number): T[] {
  const mixed = [...values];
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = roll(at + 1);
    [mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T];
  }
  return mixed;
}
