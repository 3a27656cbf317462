"use client";

import { SortableContext } from "@dnd-kit/sortable";
import { ArrowDownToLine, ArrowUpFromLine, Plus } from "lucide-react";
import { type KeyboardEvent, useId, useMemo, useRef } from "react";
import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { Direction, Rule } from "#policy/rule.ts";
import { draftRows } from "./draft-rows.ts";
import { type DropPlace, useDrag } from "./drag-order.tsx";
import { DropLine } from "./drop-line.tsx";
import { takesEverything } from "./rule-cells.ts";
import { useRuleListActions } from "./rule-list-context.ts";
import { RuleRow } from "./rule-row.tsx";

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
  const { profileId, density } = useRuleListActions();
  const rows = useMemo(() => draftRows(rules, stored), [rules, stored]);
  const list = useRef<HTMLOListElement>(null);
  const drag = useDrag();
  const line = dropLineAt(list.current, drag?.drop?.direction === direction ? drag.drop : undefined);
  const hidden = Math.max(0, rows.length - (visibleRows ?? rows.length));
  const isPage = density === "page";
  return (
    <section
      aria-labelledby={id}
      data-direction={direction}
      className={isPage ? "" : "border-t border-line pt-[5px] pb-1"}
    >
      <ListHeading id={id} direction={direction} count={rows.length} hidden={hidden} />
      <div className={isPage ? "relative rounded-list border border-line bg-raised shadow-1" : "relative"}>
        <SortableContext items={rows.map((row) => `${direction} ${row.key}`)} strategy={staysInPlace}>
          <ol
            ref={list}
            aria-label={`${profileId} ${direction} rules`}
            onKeyDown={(event) => walk(event, list.current)}
            className={`thin-scroll relative ${hidden > 0 ? "overflow-y-auto overscroll-contain" : ""}`}
            {...(hidden > 0 ? { style: { height: (visibleRows ?? 0) * CARD_ROW } } : {})}
          >
            {rows.map((row) => (
              <RuleRow key={row.key} row={row} direction={direction} count={rows.length} isEntry={row.position === 1} />
            ))}
          </ol>
        </SortableContext>
        {line && drag ? <DropLine top={line.top} drop={line.drop} dragged={drag.placed} /> : null}
        <TailRow isPage={isPage} isReached={!rules.some(takesEverything)} />
      </div>
    </section>
  );
}

/** Where the drop line stands, from the top of the list; it is drawn outside of it, where nothing cuts it off. */
function dropLineAt(list: HTMLOListElement | null, drop: DropPlace | undefined) {
  const row = drop && list?.querySelector<HTMLElement>(`[data-rule="${drop.at}"]`);
  if (drop === undefined || list === null || !row) return undefined;
  const edge = row.offsetTop + (drop.edge === "after" ? row.offsetHeight : 0);
  return { drop, top: list.offsetTop + edge - list.scrollTop };
}

/** Height of a row on a card. */
export const CARD_ROW = 23;

/** Rows never swap under the pointer: the line shows the place, the order changes on release. */
function staysInPlace(): null {
  return null;
}

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
  return (
    <div className={`group/heading flex items-center gap-1.5 ${isPage ? "mb-2 ps-2 pe-1" : "h-[19px] ps-3 pe-1.5"}`}>
      <Icon
        of={direction === "inbound" ? ArrowDownToLine : ArrowUpFromLine}
        size={isPage ? 16 : 12}
        className="text-ink-2"
      />
      <h3 id={id} className={isPage ? "text-heading" : "text-caption font-[550] text-ink-2"}>
        {name}
        <span className="sr-only"> of {profileId}</span>
      </h3>
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
    : "h-[23px] gap-2 ps-[34px] text-small";
  return (
    <p className={`flex items-center text-ink-3 ${look}`} data-tail>
      {isReached ? <VerdictMark mark="no-match" /> : <span className="w-3.5" />}
      {isReached ? "No match → next profile → drop" : "Nothing falls through"}
    </p>
  );
}

/** Arrow keys go from row to row; Home and End to the ends. */
function walk(event: KeyboardEvent, list: HTMLOListElement | null): void {
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
}
