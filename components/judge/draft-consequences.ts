import { describeFinding } from "#analysis/findings/describe-finding.ts";
import type { Finding } from "#analysis/findings/finding.ts";
import { findingChanges, type Judged } from "#analysis/impact/impact.ts";
import type { KnownIntent } from "#analysis/intents/broken-intents.ts";
import { describeIntent } from "#analysis/intents/describe-intent.ts";
import { createIntentJudge } from "#analysis/intents/judge-intents.ts";
import type { Snapshot } from "#policy/snapshot.ts";

/** What a draft does beside opening and closing: faults that come and go, and intents that stop or begin to hold, in words. */
export type DraftConsequences = {
  readonly gained: readonly string[];
  readonly lost: readonly string[];
  readonly broken: readonly string[];
  readonly repaired: readonly string[];
  /** Of all intents, how many hold with the draft. */
  readonly holding: number;
  readonly intentCount: number;
};

/** Compares what is stored with what a draft makes of it. Notices are worth knowing, but no fault of a draft. */
export function draftConsequences(before: Judged, after: Judged, intents: readonly KnownIntent[]): DraftConsequences {
  const { gained, lost } = findingChanges(before, after);
  const [held, holds] = [holding(before.snapshot, intents), holding(after.snapshot, intents)];
  const words = (wanted: (place: number) => boolean) =>
    intents.flatMap(({ intent }, place) => (wanted(place) ? [describeIntent(intent)] : []));
  return {
    gained: faultsOf(gained),
    lost: faultsOf(lost),
    broken: words((place) => held[place] === true && holds[place] === false),
    repaired: words((place) => held[place] === false && holds[place] === true),
    holding: holds.filter((each) => each === true).length,
    intentCount: intents.length,
  };
}

function faultsOf(findings: readonly Finding[]): readonly string[] {
  return findings.filter(({ severity }) => severity !== "notice").map(describeFinding);
}

/** Whether each holds; nothing for one that cannot be judged. */
function holding(snapshot: Snapshot, intents: readonly KnownIntent[]): readonly (boolean | undefined)[] {
  if (intents.length === 0) return [];
  const judge = createIntentJudge(snapshot);
  return intents.map(({ intent }) => {
    const { kind } = judge(intent);
    return kind === "unjudged" ? undefined : kind === "holds";
  });
}
