"use client";

import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { EditList } from "./conflict-dialog.tsx";
import type { Draft } from "./draft.ts";
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
