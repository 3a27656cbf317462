import type { Position } from "#policy/rule.ts";
import type { DropPlace } from "./drag-order.tsx";

/** The one line that says where the rule will be, and its label. */
export function DropLine({ drop, from }: { readonly drop: DropPlace; readonly from: Position }) {
  const isSame = drop.target === from;
  return (
    <span
      data-drop={drop.target}
      className={`pointer-events-none absolute inset-x-0 z-20 flex h-0 items-center ${drop.edge === "before" ? "top-0" : "bottom-0"}`}
    >
      <span className="ms-1 size-2 shrink-0 rounded-full border-2 border-focus bg-raised" />
      <span className="h-[3px] grow rounded-full bg-focus" />
      <span className="me-1 shrink-0 rounded-chip border border-amber-line bg-raised px-1.5 text-caption whitespace-nowrap text-ink shadow-2">
        {isSame ? `Stays at ${drop.target}` : `Position ${drop.target}`}
      </span>
    </span>
  );
}
