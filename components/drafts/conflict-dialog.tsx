"use client";

import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { VisuallyHidden } from "#components/ui/visually-hidden.tsx";
import { describeEdit } from "#policy/edit/describe-edit.ts";
import { diffProfiles } from "#policy/edit/diff-profiles.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { Draft, SeenProfile } from "./draft.ts";
import { rebaseDraft } from "./rebase-draft.ts";
import { countEdits } from "./use-save-draft.ts";

type ConflictDialogProps = {
  readonly draft: Draft;
  readonly newest: SeenProfile;
  readonly onReapply: (draft: Draft) => void;
  readonly onDiscard: () => void;
  readonly onClose: () => void;
};

/** Someone else saved while this draft was open: what they did, what the draft does, and how to go on. */
export function ConflictDialog({ draft, newest, onReapply, onDiscard, onClose }: ConflictDialogProps) {
  const theirs = diffProfiles(draft.base.profile, newest.profile);
  const { draft: rebased, lost } = rebaseDraft(draft, newest);
  const id = newest.profile.id;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="wide"
      title={`${id} was saved by someone else while you edited`}
      description="Nothing of either is lost. Your draft can be put on top of what is stored now; it stays a draft until you save it."
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            Keep my draft as it is
          </Button>
          <Button onClick={onDiscard}>Take theirs, discard mine</Button>
          <Button look="primary" autoFocus disabled={rebased.edits.length === 0} onClick={() => onReapply(rebased)}>
            {`Re-apply ${countEdits(rebased.edits.length)} on the newest`}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-2 gap-4 py-2 max-sm:grid-cols-1">
        <EditList title="Theirs, stored now" edits={theirs} empty="The same content was saved again." />
        <EditList title="Yours, not saved" edits={draft.edits} lost={lost} empty="No edit." />
      </div>
      {lost.length > 0 ? (
        <p className="pb-2 text-small text-ink-2">
          {countEdits(lost.length)} of yours cannot be repeated: the rule is no longer there as it was. Make it anew
          after re-applying the rest.
        </p>
      ) : null}
    </Dialog>
  );
}

type EditListProps = {
  readonly title: string;
  readonly edits: readonly ProfileEdit[];
  readonly lost?: readonly ProfileEdit[];
  readonly empty: string;
};

/** Edits in words, in order. */
export function EditList({ title, edits, lost = [], empty }: EditListProps) {
  return (
    <section className="min-w-0">
      <h3 className="mb-1 text-heading">{title}</h3>
      {edits.length === 0 ? (
        <p className="text-small text-ink-3">{empty}</p>
      ) : (
        <ol className="thin-scroll flex max-h-72 flex-col overflow-y-auto rounded-list border border-line bg-raised">
          {numbered(edits).map(({ place, edit }) => {
            const isLost = lost.includes(edit);
            return (
              <li
                key={place}
                className={`border-b border-line px-3 py-1.5 text-small break-words last:border-b-0 ${isLost ? "border-s-2 border-s-deny text-deny-text" : ""}`}
              >
                {isLost ? <VisuallyHidden>Cannot be repeated: </VisuallyHidden> : null}
                {describeEdit(edit)}
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}

/** Edits know no identity; their place in the draft is one. */
function numbered(edits: readonly ProfileEdit[]): readonly { readonly place: number; readonly edit: ProfileEdit }[] {
  return edits.map((edit, place) => ({ place, edit }));
}
