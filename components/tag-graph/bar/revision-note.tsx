import { GitCommitHorizontal } from "lucide-react";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import type { ShownView } from "../use-graph-answer.ts";
import type { GraphDial } from "../use-graph-dial.ts";

/** Says that the picture is of an old revision, or of drafts; the same view live is one key away, and so is the difference. */
export function RevisionNote({
  shown: { facts, view },
  dial,
}: {
  readonly shown: ShownView;
  readonly dial: GraphDial;
}) {
  const { request, turn } = dial;
  const comparison = request.show === "changed" ? comparisonWords(view.counts.changes, facts) : undefined;
  if (typeof facts.shown === "number" && facts.shown !== facts.live && request.rev !== undefined) {
    const { rev } = request;
    return (
      <div className="px-[22px] pt-3 max-md:px-4">
        <Banner
          icon={GitCommitHorizontal}
          title={`You see rev ${rev}. Live is rev ${facts.live}.`}
          action={
            <span className="flex flex-wrap gap-2">
              <Button size="small" onClick={() => turn({ rev: undefined, vs: rev, show: "changed" })}>
                Difference to live
              </Button>
              <Button size="small" onClick={() => turn({ rev: undefined })}>
                Same view live
              </Button>
            </span>
          }
        >
          {comparison ?? "Nothing here changes while others save."}
        </Banner>
      </div>
    );
  }
  if (comparison === undefined) return null;
  return (
    <p
      role="status"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 px-[22px] pt-3 text-small text-ink-2 max-md:px-4"
    >
      {comparison}
      {request.vs === undefined ? null : (
        <Button size="small" look="plain" onClick={() => turn({ vs: undefined })}>
          Compare drafts instead
        </Button>
      )}
    </p>
  );
}

function comparisonWords(count: number, { shown, before, live }: ShownView["facts"]): string {
  const what =
    shown === "draft"
      ? "Your drafts"
      : shown === live
        ? `Since rev ${before}, what is stored now (rev ${live})`
        : `Rev ${shown} against rev ${before}`;
  const relations = count === 0 ? "no relation" : count === 1 ? "1 relation" : `${count} relations`;
  return shown === "draft" ? `${what} change ${relations} of rev ${live}.` : `${what}: ${relations} changed.`;
}
