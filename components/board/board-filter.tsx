"use client";

import { CircleX, Globe, KeyRound, ListFilter, type LucideIcon, PencilLine, TriangleAlert, Unplug } from "lucide-react";
import type { RefObject } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { KeyCap } from "#components/ui/key-cap.tsx";
import type { BoardCounts } from "./board-model.ts";
import { BoardShape } from "./board-shape.tsx";
import type { BoardView } from "./board-views.ts";
import type { BoardUrl } from "./use-board-url.ts";

type BoardFilterProps = {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly url: BoardUrl;
  readonly counts: BoardCounts["views"];
  readonly onLeave: () => void;
};

const VIEWS: readonly { readonly view: BoardView; readonly name: string; readonly icon?: LucideIcon }[] = [
  { view: "all", name: "All" },
  { view: "open", name: "Open to anywhere", icon: Globe },
  { view: "drafts", name: "Drafts", icon: PencilLine },
  { view: "invalid", name: "Invalid", icon: CircleX },
  { view: "never", name: "Idle rules", icon: TriangleAlert },
  { view: "tags", name: "Idle tags", icon: KeyRound },
  { view: "loose", name: "Widening rules", icon: TriangleAlert },
  { view: "unused", name: "No endpoint", icon: Unplug },
];

/** What the board shows and how: words to look for, saved filters that are not empty, the order, cards or a table. */
export function BoardFilter({ field, url, counts, onLeave }: BoardFilterProps) {
  const { q: query, view, choose } = url;
  const offered = VIEWS.filter((each) => each.view === "all" || each.view === view || counts[each.view] > 0);
  return (
    <div className="flex shrink-0 items-center gap-4 px-[22px] py-2.5 max-md:flex-col max-md:items-stretch max-md:gap-2.5 max-md:px-4">
      <div className="relative w-[266px] max-md:w-full">
        <Icon of={ListFilter} className="absolute inset-s-2.5 top-1/2 -translate-y-1/2 text-ink-3" />
        <input
          ref={field}
          type="search"
          aria-label="Filter by name, tag, port or address"
          placeholder="Filter by name, tag or port"
          value={query}
          onChange={(event) => choose({ q: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== "Escape" && event.key !== "ArrowDown") return;
            event.preventDefault();
            if (event.key === "Escape" && query !== "") choose({ q: "" });
            else onLeave();
          }}
          className="h-[30px] w-full rounded-control border border-control-line bg-raised ps-8 pe-8 outline-none focus-visible:border-focus focus-visible:ring-3 focus-visible:ring-amber-tint coarse:h-10 [&::-webkit-search-cancel-button]:hidden"
        />
        <span className="absolute inset-e-2 top-1/2 -translate-y-1/2 coarse:hidden">
          <KeyCap>/</KeyCap>
        </span>
      </div>
      <div className="thin-scroll flex min-w-0 grow items-center gap-4 overflow-x-auto">
        <fieldset aria-label="Views" className="flex items-center gap-1 p-0.5">
          {offered.map((each) => (
            <button
              key={each.view}
              type="button"
              aria-pressed={each.view === view}
              onClick={() => choose({ view: each.view })}
              className="flex h-7 shrink-0 items-center gap-2 rounded-control border border-transparent px-2.5 text-small font-[550] whitespace-nowrap text-ink-2 hover:bg-hover aria-pressed:border-amber-line aria-pressed:bg-sel aria-pressed:text-ink coarse:h-10 coarse:border-line coarse:bg-raised"
            >
              {each.icon ? <Icon of={each.icon} size={14} /> : null}
              {each.name}
              <span className="font-[400] text-ink-3">{counts.all === 0 ? "" : counts[each.view]}</span>
            </button>
          ))}
        </fieldset>
        <BoardShape url={url} />
      </div>
    </div>
  );
}
