import { ruleFindings } from "#analysis/findings/rule-findings.ts";
import { type Reachability, reachability } from "#analysis/reach/reachability.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { EMPTY_SNAPSHOT } from "#policy/snapshot-from-entries.ts";
import { summarise } from "./profile-summary.ts";
import type { SummaryAnswer, SummaryRequest } from "./summary-messages.ts";

let profiles: ReadonlyMap<ProfileId, Profile> = new Map();
/** The answer for the policy as it is stored; those for drafts go on from it. */
let stored: Reachability | undefined;

addEventListener("message", ({ data }: MessageEvent<SummaryRequest>) => {
  if (data.kind === "policy") {
    profiles = data.profiles;
    stored = reachability({ ...EMPTY_SNAPSHOT, profiles }, stored);
    return;
  }
  const { question, before, after } = data;
  const answer: SummaryAnswer = {
    question,
    summary: summarise(reachWith(before), reachWith(after), after.id),
    findings: ruleFindings(after),
  };
  postMessage(answer);
});

function reachWith(profile: Profile): Reachability {
  const known = profiles.get(profile.id);
  if (stored !== undefined && JSON.stringify(known?.rules) === JSON.stringify(profile.rules)) {
    if (JSON.stringify(known?.tags) === JSON.stringify(profile.tags)) return stored;
  }
  const next = new Map([...profiles, [profile.id, profile] as const].sort(([a], [b]) => (a < b ? -1 : 1)));
  return reachability({ ...EMPTY_SNAPSHOT, profiles: next }, stored);
}
