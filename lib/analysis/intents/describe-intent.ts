import type { NewlyBroken } from "#analysis/intents/broken-intents.ts";
import type { IntentState } from "#analysis/intents/judge-intents.ts";
import { placeName } from "#analysis/question/format-place.ts";
import { describeReachProblem } from "#analysis/question/reach/describe-reach-problem.ts";
import { formatTraffic } from "#analysis/question/reach/traffic-text.ts";
import type { Intent } from "#policy/intent/intent.ts";

/** An intent as a sentence without its full stop: `WEB must reach APP on tcp/7890`. */
export function describeIntent({ must, from, to, traffic }: Intent): string {
  const on = formatTraffic(traffic);
  const verb = must === "reach" ? "must reach" : "must not reach";
  return `${placeName(from)} ${verb} ${placeName(to)}${on === "" ? "" : ` on ${on}`}`;
}

/** Why an intent does not hold, or cannot be judged; empty where it holds. */
export function describeIntentState(state: IntentState): string {
  if (state.kind === "holds") return "";
  if (state.problem !== undefined) return describeReachProblem(state.problem);
  return state.kind === "broken" ? (state.because ?? "") : "";
}

/** What a write would break, in words: the fact, and each intent with what decides against it. */
export function describeBrokenIntents(broken: readonly NewlyBroken[]): readonly string[] {
  return broken.map(({ intent, state }) => {
    const why = describeIntentState(state);
    return `${describeIntent(intent)}${why === "" ? "" : ` (${why})`}.`;
  });
}
