import { Ellipsis } from "lucide-react";
import type { ComponentProps } from "react";
import { Icon } from "#components/ui/icon.tsx";
import type { PlacedRule } from "./rule-moves.ts";

/** Opens the menu of a row. The menu itself is made only then: a board has hundreds of rows. */
export function RuleMenuButton({ placed, ...button }: { readonly placed: PlacedRule } & ComponentProps<"button">) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={`Menu of rule ${placed.position} ${placed.direction}`}
      aria-haspopup="menu"
      className="absolute inset-e-1 top-1/2 flex size-6 -translate-y-1/2 items-center justify-center rounded-chip border border-line-strong bg-raised text-ink-2 opacity-0 shadow-1 group-focus-within/row:opacity-100 group-hover/row:opacity-100 hover:bg-hover hover:text-ink data-[state=open]:opacity-100 coarse:size-9 coarse:border-0 coarse:bg-transparent coarse:opacity-100 coarse:shadow-none"
      {...button}
    >
      <Icon of={Ellipsis} size={14} />
    </button>
  );
}
