import { sha256Hex } from "#dataplane/desired/names/sha256-hex.ts";
import type { Tag } from "#policy/tag.ts";

/** How a line looks a packet up in a tag's set. */
export type SetUse = { readonly tag: Tag; readonly side: "src" | "dst"; readonly negated: boolean };

/**
 * One line of a chain. `spec` is what iptables-restore reads after `-A CHAIN`, without the comment; a set stands in it
 * as `{tag}`, because which generation of the set is live is known only when the plan is made.
 */
export type RuleLine = {
  readonly spec: string;
  /** For people who read iptables-save; empty where the line has none. */
  readonly comment: string;
  /** Identity of the line: a hash of spec and comment, without its position (ADR-004); the spec where it has no comment. */
  readonly hash: string;
  readonly uses: readonly SetUse[];
};

/** A line that needs no match module, not even for a comment; its text is its identity, so it is as iptables-save prints it. */
export function bareLine(spec: string): RuleLine {
  return { spec, comment: "", hash: spec, uses: [] };
}

/** A chain and its lines, in order. */
export type Chain = { readonly name: string; readonly lines: readonly RuleLine[] };

// xt_comment holds 255 bytes; "tortie:", the hash and a blank take 20.
const MAX_COMMENT_TEXT = 235;
const HASH_LENGTH = 12;

/** Builds a line; the comment keeps only characters that need no quoting, whatever policy text it came from (I4). */
export function ruleLine(spec: string, comment: string, uses: readonly SetUse[] = []): RuleLine {
  const safe = comment
    .replace(/[^A-Za-z0-9_.:,/() -]/g, "_")
    .slice(0, MAX_COMMENT_TEXT)
    .trimEnd();
  const hash = sha256Hex(`${spec}\n${safe}`).slice(0, HASH_LENGTH);
  return { spec, comment: safe, hash, uses };
}
