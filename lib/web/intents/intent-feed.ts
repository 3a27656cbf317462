import type { BrokenSince } from "#analysis/intents/broken-since.ts";
import { createIntentJudge, type IntentState } from "#analysis/intents/judge-intents.ts";
import { findBreak } from "#operations/find-break.ts";
import type { Intent, IntentId } from "#policy/intent/intent.ts";
import { parseIntentValue } from "#policy/intent/intent-value.ts";
import { intentIdOf } from "#policy/layout/intent-key.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { applyChanges, snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { type PolicyStore, StoreUnavailableError, type WatchEvent } from "#store/policy-store.ts";
import type { FeedNews, PolicyFeed } from "#web/events/policy-feed.ts";
import type { IntentRow, IntentsPayload } from "#web/queries/intent-rows.ts";

/** The intents of this process: judged on every change of the policy, whoever made it. */
export interface IntentFeed {
  payload(): IntentsPayload;
  subscribe(listener: () => void): () => void;
}

type FeedParts = {
  readonly store: Pick<PolicyStore, "watchIntents" | "readSnapshot">;
  readonly feed: PolicyFeed;
  readonly signal: AbortSignal;
};

/** A burst of changes is judged once; which of them broke an intent is then looked up. */
const SETTLE_MS = 100;

/** Starts following; ends when the signal aborts. */
export function followIntents({ store, feed, signal }: FeedParts): IntentFeed {
  const intents = new WatchedIntents(store, feed);
  const stop = feed.subscribe((news) => intents.hearPolicy(news));
  signal.addEventListener("abort", stop, { once: true });
  void (async () => {
    for await (const event of store.watchIntents(signal)) intents.hear(event);
  })();
  return intents;
}

type Known = { readonly state: IntentState; readonly since?: BrokenSince };
type Step = { readonly revision: number; readonly snapshot: Snapshot };

class WatchedIntents implements IntentFeed {
  readonly #store: FeedParts["store"];
  readonly #feed: PolicyFeed;
  readonly #listeners = new Set<() => void>();
  readonly #rows = new Map<IntentId, IntentRow>();
  readonly #known = new Map<IntentId, Known>();
  #snapshot: Snapshot | undefined;
  /** States since the last judgement, oldest first: one of them broke what broke. */
  #steps: Step[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isSearching = false;

  constructor(store: FeedParts["store"], feed: PolicyFeed) {
    this.#store = store;
    this.#feed = feed;
  }

  payload(): IntentsPayload {
    const rows = [...this.#rows.values()].map((row) => ({ ...row, ...this.#known.get(row.id) }));
    return { revision: this.#snapshot?.revision ?? 0, rows: sortRows(rows) };
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  hear(event: WatchEvent): void {
    if (event.kind === "snapshot") {
      const before = new Map(this.#rows);
      this.#rows.clear();
      for (const { key, value, modRevision } of event.snapshot.entries) this.#put(key, value, modRevision);
      for (const [id, { modRevision }] of before) {
        if (this.#rows.get(id)?.modRevision !== modRevision) this.#known.delete(id);
      }
    } else if (event.kind === "changes") {
      for (const { key, value, modRevision } of event.changes) this.#put(key, value, modRevision);
    } else return;
    this.#settle();
  }

  hearPolicy(news: FeedNews): void {
    if (news.kind === "health") return;
    if (news.kind === "reset") {
      this.#snapshot = undefined;
      this.#steps = [];
      this.#known.clear();
    } else if (this.#snapshot !== undefined) {
      this.#snapshot = applyChanges(this.#snapshot, news.step.changes);
      this.#steps.push({ revision: news.step.revision, snapshot: this.#snapshot });
    }
    this.#settle();
  }

  #put(key: string, value: string | undefined, modRevision: number): void {
    const id = intentIdOf(key);
    if (id === undefined) return;
    this.#known.delete(id);
    if (value === undefined) this.#rows.delete(id);
    else this.#rows.set(id, { id, modRevision, intent: parseIntentValue(value) });
  }

  #settle(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#judge();
    }, SETTLE_MS);
  }

  #judge(): void {
    const before = JSON.stringify(this.payload().rows);
    if (this.#rows.size > 0) {
      this.#snapshot ??= this.#wholeSnapshot();
      if (this.#snapshot !== undefined) this.#judgeAll(this.#snapshot);
    }
    this.#steps = [];
    if (this.#rows.size === 0) this.#snapshot = undefined;
    if (JSON.stringify(this.payload().rows) !== before || this.#rows.size === 0) this.#tell();
    void this.#searchHistory();
  }

  #wholeSnapshot(): Snapshot | undefined {
    const state = this.#feed.state();
    return state && snapshotFromEntries([...state.entries.values()]);
  }

  #judgeAll(snapshot: Snapshot): void {
    const judge = createIntentJudge(snapshot);
    for (const { id, intent } of this.#rows.values()) {
      if (intent.kind !== "valid") continue;
      const state = judge(intent.value);
      const known = this.#known.get(id);
      if (state.kind !== "broken") this.#known.set(id, { state });
      else if (known?.state.kind === "broken") this.#known.set(id, { ...known, state });
      else this.#known.set(id, { state, ...this.#brokenIn(intent.value, known) });
    }
  }

  /** Which of the states since the last judgement broke it; nothing where it was never judged before. */
  #brokenIn(intent: Intent, known: Known | undefined): Pick<Known, "since"> {
    if (known === undefined) return {};
    const step = this.#steps.find(({ snapshot }) => createIntentJudge(snapshot)(intent).kind === "broken");
    return step === undefined ? {} : { since: { kind: "broke-at", revision: step.revision } };
  }

  /** Looks for what broke the others in the history, one after the other. */
  async #searchHistory(): Promise<void> {
    if (this.#isSearching) return;
    this.#isSearching = true;
    try {
      for (let next = this.#unsearched(); next !== undefined; next = this.#unsearched()) {
        const { id, intent, written } = next;
        const broken = this.#feed.state()?.storeRevision ?? written;
        const since = await findBreak(this.#store, { intent, written, broken });
        const known = this.#known.get(id);
        if (known === undefined || this.#rows.get(id)?.modRevision !== written) continue;
        this.#known.set(id, { ...known, since });
        this.#tell();
      }
    } catch (error) {
      // etcd is away: the next change of anything searches again.
      if (!(error instanceof StoreUnavailableError)) throw error;
    } finally {
      this.#isSearching = false;
    }
  }

  #unsearched(): { readonly id: IntentId; readonly intent: Intent; readonly written: number } | undefined {
    for (const { id, intent, modRevision: written } of this.#rows.values()) {
      const known = this.#known.get(id);
      if (intent.kind === "valid" && known?.state.kind === "broken" && known.since === undefined)
        return { id, intent: intent.value, written };
    }
    return undefined;
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

const RANKS = ["broken", "unjudged", "unread", "holds"] as const;

/** Broken ones first, then what cannot be judged or read, then those that hold; among equals by id. */
function sortRows(rows: readonly IntentRow[]): readonly IntentRow[] {
  const rank = ({ state }: IntentRow) => RANKS.indexOf(state?.kind ?? "unread");
  return [...rows].sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}
