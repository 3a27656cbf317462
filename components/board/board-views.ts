import type { Finding } from "#analysis/findings/finding.ts";
import type { WordedFinding } from "#components/judge/judge-messages.ts";

/** Which profiles a board shows: all, or a saved filter. */
export type BoardView = "all" | "open" | "never" | "tags" | "loose" | "unused" | "drafts" | "invalid";

export const BOARD_VIEWS: readonly BoardView[] = [
  "all",
  "open",
  "never",
  "tags",
  "loose",
  "unused",
  "drafts",
  "invalid",
];

/** How a board is sorted. */
export type BoardSort = "name" | "changed" | "findings" | "rules";

export const BOARD_SORTS: readonly BoardSort[] = ["name", "changed", "findings", "rules"];

type FindingView = Extract<BoardView, "never" | "tags" | "loose" | "unused">;

/** The findings a saved filter is about. */
const KINDS: Readonly<Record<FindingView, readonly Finding["kind"][]>> = {
  never: ["rule-never-matches", "rule-redundant", "deny-hides-profiles"],
  tags: ["tag-held-by-nobody", "tag-asked-nowhere", "tag-misspelt"],
  loose: ["action-missing", "open-to-world"],
  unused: ["profile-unused"],
};

/** True for a saved filter that only the judge can fill. */
export function isFindingView(view: BoardView): view is FindingView {
  return view in KINDS;
}

/** True when one of the findings belongs to the filter. */
export function hasFindingOf(view: FindingView, findings: readonly WordedFinding[]): boolean {
  return findings.some(({ finding }) => KINDS[view].includes(finding.kind));
}
