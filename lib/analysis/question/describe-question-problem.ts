import type { QuestionProblem } from "#analysis/question/answer.ts";
import { describePlaceProblem } from "#analysis/question/describe-place-problem.ts";
import { describeIssue } from "#policy/describe-issue.ts";
import { describeEditError } from "#policy/edit/describe-edit.ts";

/** Why a question has no answer, in words. */
export function describeQuestionProblem(problem: QuestionProblem): string {
  switch (problem.kind) {
    case "unknown-node":
      return `the graph has no place ${problem.text}`;
    case "too-many-addresses":
      return `the addresses of these places differ in ${problem.found} ways, and ${problem.max} are compared at most; ask about narrower networks`;
    case "edited-profile-unknown":
      return `edit ${problem.index + 1}: there is no profile ${problem.profile}`;
    case "edit-refused":
      return `edit ${problem.index + 1}, profile ${problem.profile}: ${describeEditError(problem.error)}`;
    case "bad-headers":
      return problem.issues.map((issue) => describeIssue(issue)).join("; ");
    case "no-such-profiles":
      return problem.ids.map((id) => `there is no profile ${id}`).join("; ");
    default:
      return describePlaceProblem(problem);
  }
}
