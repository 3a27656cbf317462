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
};

/** Who asks; `board` until sign-in exists, the operating system's user on the command line. */
export type Author = { readonly who: string; readonly note?: string };
