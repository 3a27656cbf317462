import { GripVertical } from "lucide-react";
import { Icon } from "#components/ui/icon.tsx";
import { ruleCells } from "./rule-cells.ts";
import type { PlacedRule } from "./rule-moves.ts";
import { ActionMark, WhatCell, WhoCell } from "./rule-parts.tsx";

/** A rule in the hand: narrow enough that the numbers below stay readable. */
export function RulePill({ placed: { rule, direction } }: { readonly placed: PlacedRule }) {
  const cells = ruleCells(rule, direction);
  return (
    <div className="flex h-8 w-fit max-w-[260px] min-w-40 cursor-grabbing items-center gap-2 rounded-list border border-focus bg-raised px-2 shadow-3">
      <Icon of={GripVertical} size={14} className="text-amber-text" />
      <ActionMark action={cells.action} />
      <WhatCell cells={cells} isVerbose />
      <span className="ms-auto ps-2">
        <WhoCell cells={cells} direction={direction} />
      </span>
    </div>
  );
}
