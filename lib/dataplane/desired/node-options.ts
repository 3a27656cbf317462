import type { Family } from "#policy/rule.ts";

/** What the node itself decides; the rest comes from the snapshot. */
export type NodeOptions = {
  readonly host: string;
  readonly families: readonly Family[];
  /** Sorted, without duplicates; each 1..14 characters, so that a `+` still fits behind it. */
  readonly interfacePrefixes: readonly string[];
  /** One bit of the configurable mask. */
  readonly acceptBit: number;
  /** Members one set may hold. */
  readonly maxSetSize: number;
};

/** The classic mask is 0xff000000; its lowest bit is the accept mark. */
export const DEFAULT_MARK_MASK = 0xff000000;
export const DEFAULT_MAX_SET_SIZE = 1048576;
