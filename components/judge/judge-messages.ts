import type { Finding } from "#analysis/findings/finding.ts";
import type { ScopedEdit } from "#analysis/impact/scoped-edit.ts";
import type { ReachVerdict } from "#analysis/question/reach/answer-reach.ts";
import type { ReachQuestion } from "#analysis/question/reach/reach-question.ts";
import type { DraftEffect } from "#components/drafts/draft-effect.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { DraftConsequences } from "./draft-consequences.ts";

/** A finding and its one line of words. */
export type WordedFinding = { readonly finding: Finding; readonly message: string };

/** Findings by the profile they are about, in the order of the judge. */
export type FindingsByProfile = ReadonlyMap<ProfileId, readonly WordedFinding[]>;

/** What the judge says to a question: the sentence that repeats it, and what it hangs on. */
export type AskedAnswer =
  | { readonly kind: "verdict"; readonly verdict: ReachVerdict; readonly sentence: string; readonly detail: string }
  | { readonly kind: "no-answer"; readonly because: string };

/** What the page asks. The judge reads the policy itself: sending a thousand profiles would hold the page up. */
export type JudgeQuestion =
  | { readonly kind: "findings" }
  | { readonly kind: "reach"; readonly question: ReachQuestion }
  | { readonly kind: "what-if"; readonly edits: readonly ScopedEdit[] }
  /** What saving a draft of one profile would change beside what opens and closes. */
  | { readonly kind: "draft"; readonly profile: Profile };

export type JudgeAnswer =
  | { readonly kind: "findings"; readonly findings: FindingsByProfile }
  | { readonly kind: "reach"; readonly answer: AskedAnswer }
  | { readonly kind: "what-if"; readonly effect: DraftEffect | undefined }
  | { readonly kind: "draft"; readonly consequences: DraftConsequences };

export type JudgeRequest = JudgeQuestion & { readonly number: number };
export type JudgeReply = { readonly number: number; readonly answer: JudgeAnswer | undefined };
