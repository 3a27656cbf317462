"use client";

import { ArrowDownToLine, ArrowUpFromLine, Plus } from "lucide-react";
import { type KeyboardEvent, lazy, Suspense, use, useId, useMemo, useRef } from "react";
import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { Direction, Rule } from "#policy/rule.ts";
import { besideRows, NOTHING_BESIDE } from "./beside-rows.ts";
import { type DraftRow, draftRows } from "./draft-rows.ts";
import { useRuleDrag } from "./drag/use-rule-drag.ts";
import { takesEverything } from "./rule-cells.ts";
import { ShownProfileContext, useRuleListActions } from "./rule-list-context.ts";
import { dropRule, type PlacedRule } from "./rule-moves.ts";
import { RuleRows } from "./rule-rows.tsx";
import { pickedIn, type RulePicking, RulePickingContext, RuleSelectionContext } from "./selection/rule-selection.ts";
import { useDrawnRows } from "./use-drawn-rows.ts";

const DragMarks = lazy(() => import("./drag/drag-marks.tsx").then((module) => ({ default: module.DragMarks })));

type RuleListProps = {
  readonly direction: Direction;
  readonly rules: readonly Rule[];
  /** What is stored; the same array when there is no draft. */
  readonly stored: readonly Rule[];
  /** Rows that fit; more scroll inside the list. All when absent. */
  readonly visibleRows?: number;
};

/** One ordered list: heading, rules, and the tail that is always drawn. */
export function RuleList({ direction, rules, stored, visibleRows }: RuleListProps) {
  const id = useId();
  const actions = useRuleListActions();
  const rows = useMemo(() => draftRows(rules, stored), [rules, stored]);
  const sidecar = use(ShownProfileContext)?.sidecar;
  const beside = useMemo(
    () => (sidecar?.kind === "valid" ? besideRows(rules, sidecar.value[direction]) : NOTHING_BESIDE),
    [rules, sidecar, direction],
  );
  const picking = use(RulePickingContext);
  const selection = use(RuleSelectionContext);
  const chosen = pickedIn(selection, direction, rules.length);
  const pickedParked = selection?.kind === "parked" && selection.direction === direction ? selection.rule : undefined;
  const frame = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const held = useRef<string>(undefined);
  const { drag, pill, onPointerDown } = useRuleDrag(list, {
    onTake: (from) => {
      held.current = rows[from - 1]?.key;
    },
    onDrop: (from, to) => {
      const placed = placedAt(rows, direction, from);
      // Someone else's save may have put another rule there meanwhile: that one is not moved.
      if (placed && rows[from - 1]?.key === held.current) dropRule(actions, { ...placed, block: chosen }, to);
    },
  });
  const from = drag?.from;
  const dragged = useMemo(() => {
    const placed = from === undefined ? undefined : placedAt(rows, direction, from);
    return placed && { ...placed, block: chosen };
  }, [rows, direction, from, chosen]);
  const hidden = visibleRows === undefined ? 0 : Math.max(0, rows.length + beside.parkedCount - visibleRows);
  const { drawn, wake, isShown } = useDrawnRows(rows, hidden > 0 ? visibleRows : undefined);
  const isPage = actions.density === "page";
  return (
    <section
      aria-labelledby={id}
      data-direction={direction}
      onPointerEnter={wake}
      onFocus={wake}
      className={isPage ? "" : "border-t border-line pt-[5px] pb-1"}
    >
      <ListHeading id={id} direction={direction} count={rows.length} hidden={hidden} />
      <div ref={frame} className={isPage ? "relative rounded-list border border-line bg-raised shadow-1" : "relative"}>
        <ol
          ref={list}
          aria-label={`${actions.profileId} ${direction} rules`}
          onPointerDown={onPointerDown}
          onKeyDown={(event) => walk(event, list.current, picking)}
          className={hidden > 0 ? SCROLLS : ""}
          {...(hidden > 0 ? { style: { height: `calc(${visibleRows ?? 0} * var(--card-row))` } } : {})}
        >
          <RuleRows
            rows={drawn}
            direction={direction}
            count={rows.length}
            draggedFrom={from}
            isListShown={isShown}
            beside={beside}
            chosen={chosen}
            pickedParked={pickedParked}
          />
        </ol>
        {dragged ? (
          <Suspense fallback={null}>
            <DragMarks dragged={dragged} drop={drag?.drop} frame={frame} pill={pill} />
          </Suspense>
        ) : null}
        <TailRow isPage={isPage} isReached={!rules.some(takesEverything)} />
      </div>
    </section>
  );
}

function placedAt(rows: readonly DraftRow[], direction: Direction, position: number): PlacedRule | undefined {
  const row = rows[position - 1];
  return row && { rule: row.rule, direction, position, count: rows.length };
}

/**
 * A short list scrolls once its card has the keyboard or a finger is on it. It must not scroll under a passing pointer:
 * the wheel would stop at every card instead of moving the board.
 */
const SCROLLS =
  "overflow-hidden [scrollbar-width:none] in-[article:focus-within]:overflow-y-auto coarse:overflow-y-auto";

type ListHeadingProps = {
  readonly id: string;
  readonly direction: Direction;
  readonly count: number;
  readonly hidden: number;
};

function ListHeading({ id, direction, count, hidden }: ListHeadingProps) {
  const { density, isTabStop, openRule, profileId } = useRuleListActions();
  const isPage = density === "page";
  const name = direction === "inbound" ? "Inbound" : "Outbound";
  // Below a card's own heading, or right below the page's.
  const Heading = isPage ? "h2" : "h3";
  return (
    <div className={`flex items-center gap-1.5 ${isPage ? "mb-2 ps-2 pe-1" : "h-[19px] ps-3 pe-1.5 coarse:h-9"}`}>
      <Icon
        of={direction === "inbound" ? ArrowDownToLine : ArrowUpFromLine}
        size={isPage ? 16 : 12}
        className="text-ink-2"
      />
      <Heading id={id} className={isPage ? "text-heading" : "text-caption font-[550] text-ink-2"}>
        {name}
        <span className="sr-only"> of {profileId}</span>
      </Heading>
      {isPage ? <span className="text-small text-ink-3">{count === 1 ? "1 rule" : `${count} rules`}</span> : null}
      <span className="ms-auto text-caption text-ink-2">{hidden > 0 ? `${hidden} more` : ""}</span>
      <button
        type="button"
        tabIndex={isTabStop ? 0 : -1}
        aria-label={`Add ${direction} rule to ${profileId}`}
        title={`Add ${direction} rule`}
        onClick={() => openRule(direction, { kind: "insert", position: count + 1 })}
        className="flex size-6 items-center justify-center rounded-chip text-ink-3 hover:bg-hover hover:text-ink coarse:size-9"
      >
        <Icon of={Plus} size={isPage ? 16 : 12} />
      </button>
    </div>
  );
}

function TailRow({ isPage, isReached }: { readonly isPage: boolean; readonly isReached: boolean }) {
  const look = isPage
    ? "h-10 gap-2.5 rounded-b-list bg-sunken ps-[66px] text-body"
    : "h-[23px] gap-2 ps-[34px] text-small coarse:h-7";
  return (
    <p className={`flex items-center text-ink-3 ${look}`} data-tail>
      {isReached ? <VerdictMark mark="no-match" /> : <span className="w-3.5" />}
      {isReached ? "No match → next profile → drop" : "Nothing falls through"}
    </p>
  );
}

/** Arrow keys go from row to row; Home and End to the ends. On a page what has the keyboard is chosen, with Shift a range. */
function walk(event: KeyboardEvent, list: HTMLOListElement | null, picking: RulePicking | undefined): void {
  if (event.altKey || event.metaKey || event.ctrlKey || list === null) return;
  const buttons = [...list.querySelectorAll<HTMLElement>("[data-row-button]")];
  const index = buttons.indexOf(document.activeElement as HTMLElement);
  if (index < 0) return;
  const next = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: buttons.length - 1 }[event.key];
  const target = next === undefined ? undefined : buttons[next];
  if (target === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  target.focus();
  target.scrollIntoView({ block: "nearest" });
  const position = Number(target.closest<HTMLElement>("[data-rule]")?.dataset.rule);
  const direction = target.closest<HTMLElement>("[data-direction]")?.dataset.direction;
  if (picking === undefined || !Number.isInteger(position)) return;
  picking.pick(direction === "outbound" ? "outbound" : "inbound", position, event.shiftKey ? "range" : "one");
}
