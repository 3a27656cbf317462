"use client";

import { Button } from "#components/ui/button.tsx";
import { copyText } from "#components/ui/copy-text.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { formatCommands } from "#policy/commands/format-commands.ts";
import type { Draft } from "./draft.ts";
import { EditList } from "./edit-list.tsx";
import { countEdits } from "./use-save-draft.ts";

type ReviewDialogProps = {
  readonly draft: Draft;
  readonly onUndo: () => void;
  readonly onDiscard: () => void;
  readonly onSave: () => void;
  readonly canSave: boolean;
  readonly onClose: () => void;
};

/** The edits of a draft in words, before they are saved. */
export function ReviewDialog({ draft, onUndo, onDiscard, onSave, canSave, onClose }: ReviewDialogProps) {
  const say = useToast();
  const commands = formatCommands(draft.base.profile, draft.edits);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Draft of ${draft.base.profile.id}, ${countEdits(draft.edits.length)}`}
      description="Kept in this browser. Nodes enforce it after Save."
      footer={
        <>
          <Button look="plain" className="me-auto" onClick={onUndo}>
            Undo last edit
          </Button>
          {commands.length > 0 ? (
            <Button onClick={() => void copyText(commands.join("\n"), "Commands copied", say)}>
              Copy as calicoctl
            </Button>
          ) : null}
          <Button onClick={onDiscard}>Discard</Button>
          <Button look="primary" disabled={!canSave} onClick={onSave}>
            Save
          </Button>
        </>
      }
    >
      <div className="py-2">
        <EditList title="In order" edits={draft.edits} empty="No edit." />
      </div>
    </Dialog>
  );
}
