import { ArrowRight, Focus } from "lucide-react";
import { Icon } from "#components/ui/icon.tsx";
import { KeyCap } from "#components/ui/key-cap.tsx";
import type { GraphFocus } from "../model/graph-focus.ts";
import type { GraphModel } from "../model/graph-model.ts";
import { selectionNames } from "../model/selection-names.ts";
import type { GraphView } from "../use-graph-view.ts";
import { CopyLink } from "./copy-link.tsx";

type FocusLineProps = {
  readonly model: GraphModel;
  readonly view: GraphView;
  readonly focus: GraphFocus | undefined;
  readonly shownCount: number;
  /** What the address names is not there any more. */
  readonly isGone: boolean;
  readonly isTooLarge: boolean;
  readonly boxCount: number;
};

/** Says what is in focus, how much of the whole it is, and how to get out of it. */
export function FocusLine({ model, view, focus, shownCount, isGone, isTooLarge, boxCount }: FocusLineProps) {
  const names = selectionNames(view.selection);
  const isNarrowed = view.selection.kind !== "nothing" || view.query.trim() !== "";
  return (
    <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 px-[22px] py-1.5 text-small text-ink-2 max-md:px-4">
      <Icon of={Focus} size={14} className="text-ink-3" />
      {names.length === 0 ? (
        <span>{isNarrowed ? "Filtered" : "Everything"}</span>
      ) : (
        names.map((name, index) => (
          <span key={name} className="flex items-center gap-2">
            {index > 0 ? <Icon of={ArrowRight} size={12} className="text-ink-3" /> : null}
            <b className="font-[600] text-ink">{name}</b>
          </span>
        ))
      )}
      {isGone ? <span className="text-amber-text">is not there any more at rev {model.revision}</span> : null}
      {isTooLarge ? (
        <span className="text-amber-text">
          {boxCount} boxes are more than a picture can hold. Filter or choose a row to draw a part of it.
        </span>
      ) : null}
      <span className="ms-auto flex items-center gap-3">
        <span data-pair-count={shownCount}>
          {isNarrowed && focus !== undefined ? `${shownCount} of ` : ""}
          {model.pairs.length === 1 ? "1 open pair" : `${model.pairs.length} open pairs`}
          {isNarrowed ? "" : `, ${insideCount(model)} between profiles`}
        </span>
        <CopyLink />
        {isNarrowed ? (
          <button
            type="button"
            onClick={() => {
              view.select({ kind: "nothing" });
              view.ask("");
            }}
            className="flex min-h-6 items-center gap-1.5 rounded-chip px-1 hover:text-ink"
          >
            <KeyCap>Esc</KeyCap> clear
          </button>
        ) : null}
      </span>
    </div>
  );
}

function insideCount({ pairs }: GraphModel): number {
  return pairs.filter(({ from, to }) => from.kind === "profile" && to.kind === "profile").length;
}
