import type { ShownView } from "./use-graph-answer.ts";

/** The whole in one line: how much is open at which revision, and what one side stops. */
export function statusWords({ view: { counts, revision, isCounted }, facts }: ShownView): string {
  if (!isCounted) return `rev ${revision}: who reaches whom is being worked out`;
  const { inside, stops, areStopsComplete } = counts;
  const stopped =
    stops === 0
      ? areStopsComplete
        ? ""
        : ", stops not searched"
      : `, ${areStopsComplete ? "" : "at least "}${stops === 1 ? "1 pair" : `${stops} pairs`} stopped by one side`;
  const drafts = facts.shown === "draft" ? " with your drafts" : "";
  return `rev ${revision}${drafts}: ${inside === 1 ? "1 open pair" : `${inside} open pairs`}${stopped}`;
}
