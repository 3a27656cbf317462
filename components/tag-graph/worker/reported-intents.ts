import type { ReportedIntent } from "#analysis/format/as-report.ts";
import { describeIntent, describeIntentState } from "#analysis/intents/describe-intent.ts";
import { createIntentJudge, type IntentState } from "#analysis/intents/judge-intents.ts";
import { sinceWords } from "#components/intents/since-words.ts";
import type { Intent } from "#policy/intent/intent.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { IntentRow, IntentsPayload } from "#web/queries/intent-rows.ts";

/**
 * Every stored intent with how it stands at the revision of a report. The board has judged what is stored now; for
 * another state (an old revision, drafts) it is judged here, as far as profiles and networks go.
 */
export function reportedIntents(snapshot: Snapshot, { revision, rows }: IntentsPayload): readonly ReportedIntent[] {
  const judge = createIntentJudge(snapshot);
  return rows.map((row) => {
    if (row.intent.kind !== "valid") return { sentence: row.id, state: "not-judged", evidence: "it cannot be read" };
    const sentence = describeIntent(row.intent.value);
    if (snapshot.revision === revision) return { sentence, ...standing(row.state, row) };
    if (!needsEstate(row.intent.value)) return { sentence, ...standing(judge(row.intent.value), undefined) };
    return { sentence, state: "not-judged", evidence: "it is about an endpoint or a host, which this state lacks" };
  });
}

function standing(state: IntentState | undefined, row: IntentRow | undefined): Omit<ReportedIntent, "sentence"> {
  if (state === undefined) return { state: "not-judged", evidence: "the judge had not come to it yet" };
  if (state.kind === "holds") return { state: "holds" };
  if (state.kind === "unjudged") return { state: "not-judged", evidence: describeIntentState(state) };
  const by = state.decidedBy === undefined ? describeIntentState(state) : `by ${state.decidedBy}`;
  return { state: "broken", evidence: [sinceWords(row?.since), by].filter((part) => part !== "").join(", ") };
}

function needsEstate({ from, to }: Intent): boolean {
  return [from, to].some((place) => /^(endpoint|host):/.test(place));
}
