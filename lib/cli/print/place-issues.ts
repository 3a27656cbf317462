import type { Issue } from "#policy/issue.ts";
import { locateIssues, syntaxIssues } from "#policy/json/locate-issues.ts";
import { textPlaces } from "#policy/json/text-places.ts";

/** Gives issues that know only their path a line and a column in the text they came from, in the order of the text. */
export function placeIssues(text: string, issues: readonly Issue[]): readonly Issue[] {
  const [first] = issues;
  if (first === undefined || first.kind === "too-deep") return issues;
  const isSyntax = first.kind === "not-json";
  // locateIssues adds an issue for every repeated key, which is no fault here.
  const placed = isSyntax ? syntaxIssues(text, first) : locateIssues(text, issues).slice(0, issues.length);
  const rangeAt = textPlaces(text);
  return [...placed]
    .sort((a, b) => a.offset - b.offset)
    .map(({ offset, length, ...issue }) => ({ ...issue, at: rangeAt(offset, length) }));
}
