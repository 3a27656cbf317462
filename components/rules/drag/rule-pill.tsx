import { GripVertical } from "lucide-react";
import type { RefObject } from "react";
import { createPortal } from "react-dom";
import { Icon } from "#components/ui/icon.tsx";
import { ruleCells } from "../rule-cells.ts";
import type { PlacedRule } from "../rule-moves.ts";
import { ActionMark, WhatCell, WhoCell } from "../rule-parts.tsx";

type RulePillProps = { readonly placed: PlacedRule; readonly pill: RefObject<HTMLDivElement | null> };

/** A rule in the hand: narrow enough that the numbers below stay readable. It belongs to the page, not to a card. */
export function RulePill({ placed: { rule, direction }, pill }: RulePillProps) {
  const cells = ruleCells(rule, direction);
  return createPortal(
    <div
      ref={pill}
      aria-hidden="true"
      className="pointer-events-none fixed inset-s-0 top-0 z-50 flex h-8 w-fit max-w-[260px] min-w-40 items-center gap-2 rounded-list border border-focus bg-raised px-2 text-small shadow-3"
    >
      <Icon of={GripVertical} size={14} className="text-amber-text" />
      <ActionMark action={cells.action} />
      <WhatCell cells={cells} isVerbose />
      <span className="ms-auto min-w-0 ps-2">
        <WhoCell cells={cells} direction={direction} />
      </span>
    </div>,
    document.body,
  );
}
