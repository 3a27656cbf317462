import { type Reachability, reachability } from "#analysis/reach/reachability.ts";
import type { Snapshot } from "#policy/snapshot.ts";

const known = new WeakMap<Snapshot, Reachability>();
/** The next snapshot shares most of its profiles with the last one: the judge goes on from there. */
let latest: Reachability | undefined;

/** The judge's answer for a snapshot, asked once however many parts of the page want it. */
export function reachabilityOf(snapshot: Snapshot): Reachability {
  const before = known.get(snapshot);
  if (before !== undefined) return before;
  const answer = reachability(snapshot, latest);
  latest = answer;
  known.set(snapshot, answer);
  return answer;
}
