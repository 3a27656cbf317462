import type { Finding } from "#analysis/findings/finding.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { ProfileSummary } from "./profile-summary.ts";

/** What the page tells its judge. The policy is sent when it changed, not with every question. */
export type SummaryRequest =
  | { readonly kind: "policy"; readonly profiles: ReadonlyMap<ProfileId, Profile> }
  | { readonly kind: "ask"; readonly question: number; readonly before: Profile; readonly after: Profile };

/** Who reaches whom, and what is worth a look in the rules of the draft. */
export type SummaryAnswer = {
  readonly question: number;
  readonly summary: ProfileSummary;
  readonly findings: readonly Finding[];
};
