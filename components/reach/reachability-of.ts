import { type Reachability, reachability } from "#analysis/reachability.ts";
import type { Snapshot } from "#policy/snapshot.ts";

const known = new WeakMap<Snapshot, Reachability>();

/** The judge's answer for a snapshot, asked once however many parts of the page want it. */
export function reachabilityOf(snapshot: Snapshot): Reachability {
  const before = known.get(snapshot);
  if (before !== undefined) return before;
  const answer = reachability(snapshot);
  known.set(snapshot, answer);
  return answer;
}
