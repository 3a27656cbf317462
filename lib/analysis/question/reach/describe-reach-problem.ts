import { describePlaceProblem } from "#analysis/question/describe-place-problem.ts";
import { describeQuestionProblem } from "#analysis/question/describe-question-problem.ts";
import type { PlaceProblem } from "#analysis/question/parse-place.ts";
import type { ReachProblem } from "#analysis/question/reach/answer-reach.ts";
import type { ReachTextProblem } from "#analysis/question/reach/parse-reach-text.ts";
import { describeIssue } from "#policy/describe-issue.ts";
import { showHidden } from "#policy/wording/show-text.ts";

/** What is wrong with the text of a question and what to write instead, as a sentence about the marked characters. */
export function describeReachText({ fact }: ReachTextProblem): string {
  switch (fact.kind) {
    case "expected-words":
      return fact.found === undefined
        ? `The question ends too early. Write ${fact.expected}.`
        : `“${showHidden(fact.found)}” does not fit here. Write ${fact.expected}.`;
    case "empty-place":
    case "unknown-endpoint":
    case "ambiguous-endpoint":
    case "unknown-profile":
    case "unknown-host":
    case "unknown-place":
      return `${placeSentence(fact)}${fact.suggestion === undefined ? "" : ` Did you mean ${fact.suggestion}?`}`;
    default:
      return describeIssue(fact);
  }
}

/** Why a question has no answer in this state. */
export function describeReachProblem(problem: ReachProblem): string {
  if (problem.kind === "no-such-connection") return "No such connection can be between the two.";
  return problem.kind === "unknown-place" ? placeSentence(problem) : sentence(describeQuestionProblem(problem));
}

/** A name stays as it was written, also at the beginning. */
function placeSentence(problem: PlaceProblem): string {
  const text = describePlaceProblem(problem);
  return problem.kind === "unknown-place" ? `“${problem.text}”${text.slice(problem.text.length)}.` : sentence(text);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
