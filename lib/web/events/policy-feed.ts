import type { StoredEntry } from "#policy/snapshot.ts";
import type { PolicyStore, StoreSnapshot, WatchEvent } from "#store/policy-store.ts";
import { changesBetween } from "./changes-between.ts";
import type { EntryChange, FeedCursor, StoreHealth } from "./event-types.ts";

/** How many transactions back a reader may resume; one that is further behind reads everything again. */
const MAX_REMEMBERED_STEPS = 2_000;

/** One transaction as the watch told it. */
export type FeedStep = {
  readonly sequence: number;
  readonly revision: number;
  readonly changes: readonly EntryChange[];
};

export type FeedState = {
  readonly cursor: FeedCursor;
  readonly storeRevision: number;
  readonly entries: ReadonlyMap<string, StoredEntry>;
};

export type FeedNews =
  | { readonly kind: "step"; readonly step: FeedStep }
  /** Nothing told before is true any more. */
  | { readonly kind: "reset" }
  | { readonly kind: "health" };

/**
 * The one watch of this process, fanned out to every open browser. It keeps the raw entries, because that is what
 * browsers get, and the last steps, so that a browser that was away reads what it missed and no more. A new snapshot
 * from the store (after compaction, a wipe, a long break) becomes the step that leads to it.
 */
export interface PolicyFeed {
  /** `undefined` until the store has answered for the first time. */
  state(): FeedState | undefined;
  /** Resolves with the state, or with `undefined` when the store does not answer in time. */
  ready(withinMs: number): Promise<FeedState | undefined>;
  health(): StoreHealth;
  /** Steps after the cursor, oldest first; `undefined` when they are not remembered: read everything. */
  since(cursor: FeedCursor): readonly FeedStep[] | undefined;
  cursorOf(step: FeedStep): FeedCursor;
  subscribe(listener: (news: FeedNews) => void): () => void;
}

type FeedOptions = { readonly signal: AbortSignal; readonly now: () => number; readonly bootId: string };

/** Starts following the store; ends when the signal aborts. */
export function followPolicy(
  store: Pick<PolicyStore, "watch" | "watchSidecars">,
  { signal, now, bootId }: FeedOptions,
): PolicyFeed {
  const feed = new WatchedPolicy(now, bootId);
  void (async () => {
    for await (const event of store.watch(signal)) feed.hear(event);
  })();
  void (async () => {
    for await (const event of store.watchSidecars(signal)) feed.hearBeside(event);
  })();
  return feed;
}

class WatchedPolicy implements PolicyFeed {
  readonly #now: () => number;
  readonly #bootId: string;
  readonly #listeners = new Set<(news: FeedNews) => void>();
  #entries: Map<string, StoredEntry> | undefined;
  /** What is beside profiles comes by a watch of its own, and may be late or never come: policy does not wait for it. */
  #beside = new Map<string, StoredEntry>();
  #storeRevision = 0;
  #steps: readonly FeedStep[] = [];
  #sequence = 0;
  #away: { readonly since: number; readonly detail: string } | undefined;

  constructor(now: () => number, bootId: string) {
    this.#now = now;
    this.#bootId = bootId;
    this.#away = { since: now(), detail: "not reached yet" };
  }

  hear(event: WatchEvent): void {
    if (event.kind === "disconnected") this.#setAway(event.detail);
    else if (event.kind === "snapshot") this.#takeSnapshot(event.snapshot);
    else if (event.kind === "changes") this.#takeChanges(event);
    // Without a state there is nothing to be in touch with yet: after `connected` the snapshot follows.
    if (event.kind !== "disconnected" && this.#entries !== undefined) this.#setAway(undefined);
  }

  hearBeside(event: WatchEvent): void {
    const before = this.#beside;
    if (event.kind === "snapshot") {
      this.#beside = new Map(event.snapshot.entries.map((entry) => [entry.key, entry]));
      this.#addBesideStep(event.snapshot.storeRevision, changesBetween(before, this.#beside));
    } else if (event.kind === "changes") {
      for (const change of event.changes) applyChange(this.#beside, change);
      this.#addBesideStep(event.storeRevision, event.changes);
    }
  }

  state(): FeedState | undefined {
    if (this.#entries === undefined) return undefined;
    const entries = this.#beside.size === 0 ? this.#entries : new Map([...this.#entries, ...this.#beside]);
    return { cursor: this.#cursorAt(this.#sequence), storeRevision: this.#storeRevision, entries };
  }

  ready(withinMs: number): Promise<FeedState | undefined> {
    const known = this.state();
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve) => {
      const settle = () => {
        stop();
        clearTimeout(timer);
        resolve(this.state());
      };
      const stop = this.subscribe(() => this.#entries !== undefined && settle());
      const timer = setTimeout(settle, withinMs);
    });
  }

  health(): StoreHealth {
    if (this.#away === undefined) return { kind: "in-touch" };
    return { kind: "away", awayForMs: this.#now() - this.#away.since, detail: this.#away.detail };
  }

  since(cursor: FeedCursor): readonly FeedStep[] | undefined {
    const [boot, at] = cursor.split(".");
    const from = Number(at);
    const oldest = this.#steps[0]?.sequence ?? this.#sequence + 1;
    const isKnown = boot === this.#bootId && Number.isInteger(from) && from <= this.#sequence && from >= oldest - 1;
    return isKnown ? this.#steps.filter((step) => step.sequence > from) : undefined;
  }

  cursorOf(step: FeedStep): FeedCursor {
    return this.#cursorAt(step.sequence);
  }

  subscribe(listener: (news: FeedNews) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #takeSnapshot({ storeRevision, entries }: StoreSnapshot): void {
    const before = this.#entries ?? new Map<string, StoredEntry>();
    this.#entries = new Map(entries.map((entry) => [entry.key, entry]));
    // Another store behind the same address: revisions begin anew, so nobody may go on from what they know.
    if (storeRevision < this.#storeRevision) this.#reset(storeRevision);
    else this.#addStep(storeRevision, changesBetween(before, this.#entries));
  }

  #takeChanges({ storeRevision, changes }: Extract<WatchEvent, { kind: "changes" }>): void {
    this.#entries ??= new Map();
    for (const change of changes) applyChange(this.#entries, change);
    this.#addStep(storeRevision, changes);
  }

  #reset(revision: number): void {
    this.#storeRevision = revision;
    this.#sequence += 1;
    this.#steps = [];
    this.#tell({ kind: "reset" });
  }

  #addBesideStep(revision: number, changes: readonly EntryChange[]): void {
    if (changes.length === 0 || this.#entries === undefined) return;
    this.#addStep(Math.max(revision, this.#storeRevision), changes);
  }

  #addStep(revision: number, changes: readonly EntryChange[]): void {
    this.#storeRevision = revision;
    this.#sequence += 1;
    const step = { sequence: this.#sequence, revision, changes };
    const kept = this.#steps.length < MAX_REMEMBERED_STEPS ? this.#steps : this.#steps.slice(MAX_REMEMBERED_STEPS / 2);
    this.#steps = [...kept, step];
    this.#tell({ kind: "step", step });
  }

  #setAway(detail: string | undefined): void {
    const wasAway = this.#away !== undefined;
    this.#away = detail === undefined ? undefined : { since: this.#away?.since ?? this.#now(), detail };
    if (wasAway !== (detail !== undefined)) this.#tell({ kind: "health" });
  }

  #tell(news: FeedNews): void {
    for (const listener of [...this.#listeners]) listener(news);
  }

  #cursorAt(sequence: number): FeedCursor {
    return `${this.#bootId}.${sequence}`;
  }
}

function applyChange(entries: Map<string, StoredEntry>, { key, value, modRevision }: EntryChange): void {
  if (value === undefined) entries.delete(key);
  else entries.set(key, { key, value, modRevision });
}
