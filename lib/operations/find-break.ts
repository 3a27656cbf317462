import type { BrokenSince } from "#analysis/intents/broken-since.ts";
import { createIntentJudge } from "#analysis/intents/judge-intents.ts";
import type { Intent } from "#policy/intent/intent.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { type PolicyStore, RevisionCompactedError, RevisionUnknownError } from "#store/policy-store.ts";

type Searching = {
  readonly intent: Intent;
  /** The revision that wrote the intent: before it nothing was promised. */
  readonly written: number;
  /** A revision at which it is broken. */
  readonly broken: number;
};

/**
 * Finds the revision that broke an intent by halving the history that etcd has kept. Where it broke more than once one
 * of the times is found. Reads one state per step, some twenty for a million revisions.
 */
export async function findBreak(
  store: Pick<PolicyStore, "readSnapshot">,
  { intent, written, broken }: Searching,
): Promise<BrokenSince> {
  const first = await stateAt(store, intent, written);
  if (first === "broken") return { kind: "never-held", revision: written };
  let [before, after, isKnown] = [written, broken, first === "holds"];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    const state = await stateAt(store, intent, middle);
    if (state === "broken") {
      after = middle;
      continue;
    }
    before = middle;
    // Once it is known to have held somewhere, what is compacted lies before that.
    isKnown = state === "holds";
  }
  return isKnown ? { kind: "broke-at", revision: after } : { kind: "at-least", revision: after };
}

async function stateAt(
  store: Pick<PolicyStore, "readSnapshot">,
  intent: Intent,
  atRevision: number,
): Promise<"holds" | "broken" | "gone"> {
  try {
    const { entries } = await store.readSnapshot({ atRevision });
    return createIntentJudge(snapshotFromEntries(entries))(intent).kind === "broken" ? "broken" : "holds";
  } catch (error) {
    if (error instanceof RevisionCompactedError || error instanceof RevisionUnknownError) return "gone";
    throw error;
  }
}
