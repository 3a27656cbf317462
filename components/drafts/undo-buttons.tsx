import { Redo2, Undo2 } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";

type UndoButtonsProps = {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly undo: () => void;
  readonly redo: () => void;
};

/** Takes the last step of the draft back, or does it again; with the keys that do the same. */
export function UndoButtons({ canUndo, canRedo, undo, redo }: UndoButtonsProps) {
  return (
    <span className="flex items-center">
      <Button look="plain" size="icon" aria-label="Undo" title="Undo, Ctrl Z" disabled={!canUndo} onClick={undo}>
        <Icon of={Undo2} />
      </Button>
      <Button look="plain" size="icon" aria-label="Redo" title="Redo, Ctrl Shift Z" disabled={!canRedo} onClick={redo}>
        <Icon of={Redo2} />
      </Button>
    </span>
  );
}
