/** What our agent says of itself, under a lease (cli.md, keys). */
export type HostStatus = {
  readonly host: string;
  readonly version: string;
  /** The policy revision the kernel enforces; 0 before the first. */
  readonly appliedRevision: number;
  /** ISO 8601 UTC. */
  readonly appliedAt?: string;
  readonly lagMs?: number;
  readonly backend: "nft" | "legacy" | "dry-run";
  readonly inSync: boolean;
  readonly rejected: readonly { readonly key: string; readonly reason: string }[];
  /** Chains and sets an earlier layout left, which are removed when their grace is over; absent when there are none. */
  readonly waitingOrphans?: number;
  /** Interface name to its state. */
  readonly endpoints: Readonly<Record<string, "up" | "down" | "error">>;
  readonly startedAt: string;
};

/** Agents write, board and command line read. All methods throw StoreUnavailableError. */
export interface NodeStatusStore {
  /** Replaces the host's status; it vanishes `ttlSeconds` after the last write or keep-alive. */
  writeStatus(status: HostStatus, ttlSeconds: number): Promise<void>;
  removeStatus(host: string): Promise<void>;
  /** Sorted by host. */
  readStatuses(): Promise<readonly HostStatus[]>;
  /** Current statuses first, then each change; ends when `signal` aborts. */
  watchStatuses(signal: AbortSignal): AsyncIterable<readonly HostStatus[]>;
}
