import type { NewlyBroken } from "#analysis/intents/broken-intents.ts";
import type { IntentId } from "#policy/intent/intent.ts";
import type { NodeStatusStore } from "#store/node-status-store.ts";
import type { PolicyStore } from "#store/policy-store.ts";

/** The ports an operation receives; composition roots build it. */
export type Deps = {
  readonly store: PolicyStore;
  readonly statuses: NodeStatusStore;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Unique text for one request. */
  readonly newRequestId: () => string;
  /**
   * Hears of intents that a write has broken, after it was done: a door that cannot ask first (the command line). Without
   * it such a write is refused until its author acknowledges the intents.
   */
  readonly tellBrokenIntents?: (broken: readonly NewlyBroken[]) => Promise<void>;
};

/** Who asks; `board` until sign-in exists, the operating system's user on the command line. */
export type Author = {
  readonly who: string;
  readonly note?: string;
  /** Intents the person knows the write breaks, and wants it all the same. */
  readonly acknowledgedIntents?: readonly IntentId[];
};
