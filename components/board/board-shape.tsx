import { ArrowDownWideNarrow, Table2 } from "lucide-react";
import { Icon } from "#components/ui/icon.tsx";
import { BOARD_SORTS, type BoardSort } from "./board-views.ts";
import type { BoardUrl } from "./use-board-url.ts";

const SORTS: Readonly<Record<BoardSort, string>> = {
  name: "By name",
  changed: "Last changed",
  findings: "Most findings",
  rules: "Most rules",
};

/** The order, and cards or a table. A native select works with every keyboard, phone and screen reader. */
export function BoardShape({ url: { sort, as, choose } }: { readonly url: BoardUrl }) {
  return (
    <span className="ms-auto flex shrink-0 items-center gap-2">
      <label className="relative flex items-center">
        <span className="sr-only">Sort</span>
        <Icon of={ArrowDownWideNarrow} size={14} className="pointer-events-none absolute inset-s-2 text-ink-3" />
        <select
          value={sort}
          onChange={(event) => choose({ sort: BOARD_SORTS.find((each) => each === event.target.value) ?? "name" })}
          className="h-7 appearance-none coarse:h-10 rounded-control border border-line-strong bg-raised ps-7 pe-2.5 text-small hover:bg-hover"
        >
          {BOARD_SORTS.map((each) => (
            <option key={each} value={each}>
              {SORTS[each]}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        aria-pressed={as === "table"}
        title="Table (V)"
        onClick={() => choose({ as: as === "table" ? "cards" : "table" })}
        className="flex h-7 items-center gap-1.5 coarse:h-10 rounded-control border border-line-strong bg-raised px-2.5 text-small hover:bg-hover aria-pressed:border-amber-line aria-pressed:bg-sel"
      >
        <Icon of={Table2} size={14} />
        Table
      </button>
    </span>
  );
}
