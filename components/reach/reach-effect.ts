import { isEmpty } from "#analysis/connections/connection-set.ts";
import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import { type ReachChange, reachChanges, withoutEchoes } from "#analysis/reach/reach-changes.ts";
import type { Reachability } from "#analysis/reach/reachability.ts";
import type { DraftEffect } from "#components/drafts/draft-effect.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { placeName } from "./place-key.ts";
import { reachabilityOf } from "./reachability-of.ts";

/** Every pair and connection that opens or closes between two policies, exactly, in words. */
export function reachEffect(before: Snapshot, after: Snapshot): DraftEffect {
  return effectBetween(reachabilityOf(before), reachabilityOf(after));
}

/** The same between two answers; what an address range only repeats of Anywhere is said once. */
export function effectBetween(before: Reachability, after: Reachability): DraftEffect {
  const changes = withoutEchoes(reachChanges(before, after));
  return { opens: pairsOf(changes, "opened"), closes: pairsOf(changes, "closed") };
}

function pairsOf(changes: readonly ReachChange[], part: "opened" | "closed"): DraftEffect["opens"] {
  return changes
    .filter((change) => !isEmpty(change[part]))
    .map((change) => ({
      from: placeName(change.from),
      to: placeName(change.to),
      what: formatConnectionSet(change[part]),
    }));
}

/** The effect in a button: `opens 2, closes 1`. */
export function effectWords({ opens, closes }: DraftEffect): string {
  const parts = [opens.length > 0 ? `opens ${opens.length}` : "", closes.length > 0 ? `closes ${closes.length}` : ""];
  return parts.filter((part) => part !== "").join(", ") || "nothing opens or closes";
}
