import {
  ArrowDown,
  ArrowDownToLine,
  ArrowUp,
  ArrowUpToLine,
  CirclePause,
  Copy,
  CornerDownRight,
  Hash,
  Pencil,
  Trash2,
} from "lucide-react";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu.tsx";
import { useRuleListActions } from "./rule-list-context.ts";
import { RuleMenuButton } from "./rule-menu-button.tsx";
import { duplicateRule, moveRule, moveToOtherDirection, type PlacedRule, parkRule, removeRule } from "./rule-moves.ts";

type RuleMenuProps = {
  readonly placed: PlacedRule;
  readonly onClose: () => void;
  /** The menu is gone: where the keyboard goes on is the row's to say. */
  readonly onClosed: () => void;
  readonly onMoveTo: () => void;
};

/** Everything a drag can do and more, without dragging (WCAG 2.5.7). */
export function RuleMenu({ placed, onClose, onClosed, onMoveTo }: RuleMenuProps) {
  const actions = useRuleListActions();
  const { direction, position, count } = placed;
  const other = direction === "inbound" ? "outbound" : "inbound";
  const isBlock = placed.block !== undefined && placed.block.length > 1;
  const isFirst = !isBlock && position === 1;
  const isLast = !isBlock && position === count;
  return (
    <Menu
      label={`Rule ${position} ${direction}`}
      open
      onOpenChange={onClose}
      onCloseAutoFocus={(event) => {
        event.preventDefault();
        onClosed();
      }}
      trigger={<RuleMenuButton placed={placed} />}
    >
      <MenuItem icon={Pencil} hint="Enter" onSelect={() => actions.openRule(direction, { kind: "edit", position })}>
        Edit…
      </MenuItem>
      <MenuItem icon={Copy} onSelect={() => duplicateRule(actions, placed)}>
        Duplicate…
      </MenuItem>
      <MenuItem icon={CornerDownRight} onSelect={() => actions.openRule(direction, { kind: "insert", position })}>
        Insert above…
      </MenuItem>
      <MenuItem
        icon={CornerDownRight}
        onSelect={() => actions.openRule(direction, { kind: "insert", position: position + 1 })}
      >
        Insert below…
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={ArrowUpToLine} hint="Alt Home" disabled={isFirst} onSelect={() => moveRule(actions, placed, 1)}>
        Move to top
      </MenuItem>
      <MenuItem icon={ArrowUp} hint="Alt ↑" disabled={isFirst} onSelect={() => moveRule(actions, placed, position - 1)}>
        Move up
      </MenuItem>
      <MenuItem
        icon={ArrowDown}
        hint="Alt ↓"
        disabled={isLast}
        onSelect={() => moveRule(actions, placed, position + 1)}
      >
        Move down
      </MenuItem>
      <MenuItem
        icon={ArrowDownToLine}
        hint="Alt End"
        disabled={isLast}
        onSelect={() => moveRule(actions, placed, count)}
      >
        Move to bottom
      </MenuItem>
      <MenuItem icon={Hash} disabled={count < 2} onSelect={onMoveTo}>
        Move to position…
      </MenuItem>
      <MenuItem
        disabled={isBlock}
        icon={other === "inbound" ? ArrowDownToLine : ArrowUpToLine}
        onSelect={() => moveToOtherDirection(actions, placed)}
      >
        Move to {other}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={CirclePause} hint="P" onSelect={() => parkRule(actions, placed)}>
        {isBlock ? `Park ${placed.block?.length} rules` : "Park"}
      </MenuItem>
      <MenuItem icon={Trash2} hint="Delete" danger onSelect={() => removeRule(actions, placed)}>
        {isBlock ? `Remove ${placed.block?.length} rules` : "Remove"}
      </MenuItem>
    </Menu>
  );
}
