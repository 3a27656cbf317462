"use client";

import { GripVertical, MessageSquare } from "lucide-react";
import {
  type KeyboardEvent,
  lazy,
  type MouseEvent,
  memo,
  type RefObject,
  Suspense,
  use,
  useRef,
  useState,
} from "react";
import { Icon } from "#components/ui/icon.tsx";
import { formatRule } from "#policy/grammar/format-rule.ts";
import type { Direction } from "#policy/rule.ts";
import type { DraftRow } from "./draft-rows.ts";
import { ruleCells } from "./rule-cells.ts";
import { useRuleListActions } from "./rule-list-context.ts";
import { RuleMenuButton } from "./rule-menu-button.tsx";
import { moveRule, type PlacedRule, parkRule, removeRule } from "./rule-moves.ts";
import { ActionMark, WhatCell, WhoCell } from "./rule-parts.tsx";
import { RulePickingContext } from "./selection/rule-selection.ts";

const RuleMenu = lazy(() => import("./rule-menu.tsx").then((module) => ({ default: module.RuleMenu })));
const MoveToDialog = lazy(() => import("./move-to-dialog.tsx").then((module) => ({ default: module.MoveToDialog })));

type RuleRowProps = Pick<DraftRow, "rule" | "position" | "state"> & {
  readonly direction: Direction;
  readonly count: number;
  readonly isDragged: boolean;
  /** A row that comes when its list is on screen came by an edit, here or elsewhere. Read once: rows stay still. */
  readonly isListShown: RefObject<boolean>;
  readonly comment?: string | undefined;
  /** What is chosen with this rule; absent when it is not. */
  readonly block?: readonly number[] | undefined;
};

/** One rule: number or handle, mark, what, who, menu. Enter edits, Alt with arrows moves, Delete removes, P parks. */
export const RuleRow = memo(function RuleRow(props: RuleRowProps) {
  const { rule, position, state, direction, count, isDragged, isListShown, comment, block } = props;
  const actions = useRuleListActions();
  const picking = use(RulePickingContext);
  const [cameLater] = useState(() => isListShown.current);
  const [open, setOpen] = useState<"menu" | "move-to">();
  const button = useRef<HTMLButtonElement>(null);
  const placed: PlacedRule = { rule, direction, position, count, ...(block && { block }) };
  const isPage = actions.density === "page";
  const choose = (event: MouseEvent) => {
    if (picking === undefined) return actions.openRule(direction, { kind: "edit", position: position });
    const isAdding = event.ctrlKey || event.metaKey;
    picking.pick(direction, position, event.shiftKey ? "range" : isAdding ? "toggle" : "one");
    if (!event.shiftKey && !isAdding) picking.inspect(event.detail === 0 ? "keyboard" : "pointer");
  };
  const press = (event: KeyboardEvent) => {
    if (picking !== undefined && event.key === " ") {
      event.preventDefault();
      picking.pick(direction, position, "toggle");
    } else if (pressedKey(event, { actions, placed, openMenu: () => setOpen("menu") })) event.preventDefault();
  };
  return (
    <li
      data-rule={position}
      data-state={state}
      className={`group/row relative ${isPage ? "h-10 border-b border-line [contain-intrinsic-size:auto_40px] [content-visibility:auto]" : "mx-1 h-(--card-row) rounded-chip"} ${block !== undefined ? "bg-sel shadow-[inset_3px_0_var(--color-focus)]" : state === "saved" ? "hover:bg-hover" : "hatch"} ${isDragged ? "bg-sunken" : ""} ${cameLater ? "news" : ""}`}
    >
      <button
        ref={button}
        type="button"
        tabIndex={actions.isTabStop && position === 1 ? 0 : -1}
        data-row-button
        title={comment === undefined ? formatRule(rule) : `${formatRule(rule)}\n${comment}`}
        aria-pressed={picking === undefined ? undefined : block !== undefined}
        onClick={choose}
        onContextMenu={(event) => {
          event.preventDefault();
          setOpen("menu");
        }}
        onKeyDown={press}
        className={`flex h-full w-full items-center text-start focus-visible:focus-row ${isPage ? "gap-2.5 ps-9 pe-10 text-body" : "gap-2 rounded-chip ps-2 pe-2 text-small coarse:pe-10"}`}
      >
        <span
          className={`shrink-0 text-end text-caption text-ink-3 ${isPage ? "w-5" : "w-3.5 group-hover/row:invisible group-focus-within/row:invisible coarse:visible"}`}
        >
          {position}
        </span>
        {isDragged ? (
          <span className="text-ink-3">Moving from here</span>
        ) : (
          <RowCells rule={rule} state={state} direction={direction} comment={comment} />
        )}
      </button>
      <span
        aria-hidden="true"
        data-handle
        className={`absolute inset-y-0 flex cursor-grab touch-none items-center justify-center text-ink-3 hover:text-ink ${isPage ? "inset-s-1 w-7" : "inset-s-0 w-7 opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100 coarse:w-3 coarse:opacity-60"}`}
      >
        <Icon of={GripVertical} size={14} />
      </span>
      {open === "menu" ? (
        <Suspense fallback={<RuleMenuButton placed={placed} />}>
          <RuleMenu
            placed={placed}
            onClose={() => setOpen((now) => (now === "menu" ? undefined : now))}
            onClosed={() => button.current?.focus()}
            onMoveTo={() => setOpen("move-to")}
          />
        </Suspense>
      ) : (
        <RuleMenuButton placed={placed} onClick={() => setOpen("menu")} />
      )}
      {open === "move-to" ? (
        <Suspense fallback={null}>
          <MoveToDialog placed={placed} onClose={() => setOpen(undefined)} />
        </Suspense>
      ) : null}
    </li>
  );
});

/** Mark, what, who, and what the draft did to it. */
function RowCells({ rule, state, direction, comment }: Pick<RuleRowProps, "rule" | "state" | "direction" | "comment">) {
  const isPage = useRuleListActions().density === "page";
  const cells = ruleCells(rule, direction);
  return (
    <>
      <ActionMark action={cells.action} />
      <span className="min-w-0 shrink grow">
        <WhatCell cells={cells} isVerbose={isPage} />
      </span>
      <span
        className={`max-w-3/5 min-w-0 shrink-0 ${isPage ? "" : "group-hover/row:pe-6 group-focus-within/row:pe-6 coarse:pe-0"}`}
      >
        <WhoCell cells={cells} direction={direction} />
      </span>
      {comment === undefined ? null : (
        <>
          <span className="sr-only">, comment: {comment}</span>
          <Icon of={MessageSquare} size={12} className="text-ink-3" />
        </>
      )}
      {state === "saved" ? null : (
        <span className={isPage ? "text-small font-[600] text-amber-text" : "sr-only"}>{state}</span>
      )}
    </>
  );
}

type RowKeys = {
  readonly actions: ReturnType<typeof useRuleListActions>;
  readonly placed: PlacedRule;
  readonly openMenu: () => void;
};

/** Does what the key asks; false for a key that is not a row's. */
function pressedKey(event: KeyboardEvent, { actions, placed, openMenu }: RowKeys): boolean {
  const to = event.altKey ? movedTo(event.key, placed) : undefined;
  if (to !== undefined) {
    moveRule(actions, placed, to);
    return true;
  }
  if (event.altKey || event.metaKey || event.ctrlKey) return false;
  if (event.key === "Delete" || event.key === "Backspace") {
    removeRule(actions, placed);
    return true;
  }
  if (event.key === "p") {
    parkRule(actions, placed);
    return true;
  }
  if (event.key === "ContextMenu" || event.key === "." || (event.key === "F10" && event.shiftKey)) {
    openMenu();
    return true;
  }
  return false;
}

function movedTo(key: string, { position, count }: PlacedRule): number | undefined {
  switch (key) {
    case "ArrowUp":
      return position - 1;
    case "ArrowDown":
      return position + 1;
    case "Home":
      return 1;
    case "End":
      return count;
    default:
      return undefined;
  }
}
