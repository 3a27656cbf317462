import type { TableName } from "#dataplane/desired/node-policy.ts";
import type { Family } from "#policy/rule.ts";

/** A set look-up as the kernel holds it: the set by its real name. */
export type KernelSetUse = { readonly set: string; readonly side: "src" | "dst"; readonly negated: boolean };

/** What a matching line does to the verdict; `other` is a jump inside our own structure. */
export type LineEffect = "accept" | "drop" | "log" | "leave-profile" | "other";

/**
 * A line in the kernel, reduced to what a plan needs. `key` is equal for two lines exactly when they need not be
 * rewritten: the hash from our comment and the sets the line names. Lines without our comment have their own text.
 */
export type KernelLine = {
  readonly key: string;
  readonly isOurs: boolean;
  readonly uses: readonly KernelSetUse[];
  readonly effect: LineEffect;
  /** The chain it jumps or goes to, when that is one of ours. */
  readonly target?: string;
};

/** Our chains, and the kernel's own ones that our hooks stand in. */
export type KernelTable = ReadonlyMap<string, readonly KernelLine[]>;

export type KernelSet = {
  readonly family: Family;
  readonly maxSetSize: number;
  /** Canonical address texts. */
  readonly members: ReadonlySet<string>;
};

/** What the kernel has of ours. A family that is absent cannot be programmed on this machine. */
export type KernelState = {
  readonly sets: ReadonlyMap<string, KernelSet>;
  readonly families: ReadonlyMap<Family, Readonly<Record<TableName, KernelTable>>>;
};
