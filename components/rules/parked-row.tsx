import { CirclePause, MessageSquare, Trash2, Undo2 } from "lucide-react";
import { use } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { formatRule } from "#policy/grammar/format-rule.ts";
import type { Direction, Position } from "#policy/rule.ts";
import type { ParkedRule } from "#policy/sidecar/sidecar.ts";
import { ruleCells } from "./rule-cells.ts";
import { type RuleListActions, useRuleListActions } from "./rule-list-context.ts";
import { ActionMark, WhatCell, WhoCell } from "./rule-parts.tsx";
import { RulePickingContext } from "./selection/rule-selection.ts";

type ParkedRowProps = {
  readonly parked: ParkedRule;
  readonly direction: Direction;
  /** Where it would stand again. */
  readonly position: Position;
  readonly isPicked: boolean;
};

/** A rule that is parked: struck through at its place, out of force until it is restored. */
export function ParkedRow({ parked, direction, position, isPicked }: ParkedRowProps) {
  const actions = useRuleListActions();
  const picking = use(RulePickingContext);
  const isPage = actions.density === "page";
  const cells = ruleCells(parked.rule, direction);
  const open = (by: "pointer" | "keyboard") => {
    if (picking === undefined) return restoreParked(actions, { parked, direction, position });
    picking.pickParked(direction, parked.rule);
    picking.inspect(by);
  };
  return (
    <li
      data-parked={position}
      className={`group/row relative ${isPage ? "h-10 border-b border-line" : "mx-1 h-(--card-row) rounded-chip"} ${isPicked ? "bg-sel" : "hover:bg-hover"}`}
    >
      <button
        type="button"
        tabIndex={-1}
        data-row-button
        aria-pressed={isPage ? isPicked : undefined}
        title={`Parked: ${formatRule(parked.rule)}${parked.comment === undefined ? "" : `\n${parked.comment}`}`}
        onClick={(event) => open(event.detail === 0 ? "keyboard" : "pointer")}
        onKeyDown={(event) => {
          if (event.key !== "Delete" && event.key !== "Backspace" && event.key !== "p") return;
          event.preventDefault();
          if (event.key === "p") restoreParked(actions, { parked, direction, position });
          else removeParked(actions, { parked, direction, position });
        }}
        className={`flex h-full w-full items-center text-start text-ink-3 focus-visible:focus-row ${isPage ? "gap-2.5 ps-9 pe-20 text-body" : "gap-2 rounded-chip ps-2 pe-2 text-small"}`}
      >
        <s className={`shrink-0 text-end text-caption ${isPage ? "w-5" : "w-3.5"}`}>{position}</s>
        <span className="opacity-60">
          <ActionMark action={cells.action} />
        </span>
        <span className="sr-only">parked</span>
        <s className="min-w-0 shrink grow text-ink-3">
          <WhatCell cells={cells} isVerbose={isPage} />
        </s>
        <s className="max-w-3/5 min-w-0 shrink-0 text-ink-3">
          <WhoCell cells={cells} direction={direction} />
        </s>
        {parked.comment === undefined ? null : <Icon of={MessageSquare} size={12} />}
        {isPage ? <span className="text-small">parked</span> : <Icon of={CirclePause} size={12} />}
      </button>
      {isPage ? (
        <span className="absolute inset-e-1 top-1/2 flex -translate-y-1/2">
          <Button
            look="plain"
            size="icon"
            tabIndex={-1}
            aria-label={`Restore parked ${direction} ${position}`}
            title="Restore"
            onClick={() => restoreParked(actions, { parked, direction, position })}
          >
            <Icon of={Undo2} size={14} />
          </Button>
          <Button
            look="plain"
            size="icon"
            tabIndex={-1}
            aria-label={`Remove parked ${direction} ${position}`}
            title="Remove"
            onClick={() => removeParked(actions, { parked, direction, position })}
          >
            <Icon of={Trash2} size={14} />
          </Button>
        </span>
      ) : null}
    </li>
  );
}

export type PlacedParked = Pick<ParkedRowProps, "parked" | "direction" | "position">;

/** Puts a parked rule back where it stood. */
export function restoreParked({ change }: RuleListActions, { parked, direction, position }: PlacedParked): void {
  const { rule } = parked;
  change([{ kind: "restore-rule", direction, rule, at: position }], {
    title: `Restored as ${direction} ${position}`,
    detail: formatRule(rule),
    focus: { direction, position },
  });
}

/** Removes a parked rule for good. */
export function removeParked({ change }: RuleListActions, { parked: { rule }, direction }: PlacedParked): void {
  change([{ kind: "remove-parked", direction, rule }], {
    title: `Parked ${direction} rule removed`,
    detail: formatRule(rule),
  });
}
