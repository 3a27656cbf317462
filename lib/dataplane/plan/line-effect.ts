import { FRAME } from "#dataplane/desired/names/chain-names.ts";
import type { LineEffect } from "#dataplane/plan/kernel-state.ts";

/** What a line does to a packet it matches, by the word after `-j` or `-g`. */
export function lineEffect(target: string | undefined): LineEffect {
  if (target === FRAME.accept || target === "ACCEPT") return "accept";
  if (target === "DROP") return "drop";
  if (target === "LOG") return "log";
  return target === "RETURN" ? "leave-profile" : "other";
}
