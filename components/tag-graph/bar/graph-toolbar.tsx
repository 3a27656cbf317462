"use client";

import { Columns3, type LucideIcon, Search, Table2, X } from "lucide-react";
import { useId } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { useTypedText } from "#components/url/use-typed-text.ts";
import type { GraphView } from "../use-graph-view.ts";

/** How to look at it, and at which part. */
export function GraphToolbar({ view: { view, show, query, ask } }: { readonly view: GraphView }) {
  const group = useId();
  const [text, type] = useTypedText(query, ask);
  return (
    <>
      <fieldset className="flex shrink-0 rounded-control border border-line bg-tag-fill p-0.5">
        <legend className="sr-only">View</legend>
        <ViewChoice
          group={group}
          name="Columns"
          icon={Columns3}
          isChosen={view === "columns"}
          onChoose={() => show("columns")}
        />
        <ViewChoice
          group={group}
          name="Table"
          icon={Table2}
          isChosen={view === "table"}
          onChoose={() => show("table")}
        />
      </fieldset>
      <label className="relative flex w-full max-w-[300px] min-w-24 items-center">
        <span className="sr-only">Filter, for example from:WEB to:APP tag:APP_* port:443</span>
        <Icon of={Search} size={14} className="pointer-events-none absolute inset-s-2.5 text-ink-3" />
        <input
          type="text"
          data-filter
          value={text}
          onChange={(event) => type(event.target.value)}
          placeholder="from:WEB to:APP port:443"
          spellCheck={false}
          autoComplete="off"
          className="h-[30px] w-full rounded-control border border-control-line bg-raised ps-8 pe-8 text-body text-ink outline-none focus-visible:border-focus focus-visible:ring-3 focus-visible:ring-amber-tint coarse:h-10"
        />
        {text === "" ? null : (
          <button
            type="button"
            aria-label="Clear the filter"
            onClick={() => type("")}
            className="absolute inset-e-1 flex size-6 items-center justify-center rounded-key text-ink-3 hover:bg-hover hover:text-ink"
          >
            <Icon of={X} size={12} />
          </button>
        )}
      </label>
    </>
  );
}

type ViewChoiceProps = {
  readonly group: string;
  readonly name: string;
  readonly icon: LucideIcon;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
};

function ViewChoice({ group, name, icon, isChosen, onChoose }: ViewChoiceProps) {
  return (
    <label className="flex h-6 items-center gap-1.5 rounded-chip px-2.5 text-small text-ink-2 has-checked:bg-raised has-checked:font-[550] has-checked:text-ink has-checked:shadow-1 has-focus-visible:outline-2 has-focus-visible:outline-focus coarse:h-10">
      <input type="radio" name={group} checked={isChosen} onChange={onChoose} className="sr-only" />
      <Icon of={icon} size={14} />
      {name}
    </label>
  );
}
