import { createIntentJudge, type IntentState } from "#analysis/intents/judge-intents.ts";
import type { Intent, IntentId } from "#policy/intent/intent.ts";
import type { Snapshot } from "#policy/snapshot.ts";

export type KnownIntent = { readonly id: IntentId; readonly intent: Intent };

/** An intent that holds before a change and not after it, with the packet that shows it. */
export type NewlyBroken = KnownIntent & { readonly state: Extract<IntentState, { kind: "broken" }> };

/** The intents a change breaks: those that were broken already are not its doing. In the order given. */
export function newlyBroken(
  before: Snapshot,
  after: Snapshot,
  intents: readonly KnownIntent[],
): readonly NewlyBroken[] {
  const judgeAfter = createIntentJudge(after);
  const broken = intents.flatMap((known): readonly NewlyBroken[] => {
    const state = judgeAfter(known.intent);
    return state.kind === "broken" ? [{ ...known, state }] : [];
  });
  if (broken.length === 0) return [];
  const judgeBefore = createIntentJudge(before);
  return broken.filter(({ intent }) => judgeBefore(intent).kind !== "broken");
}
