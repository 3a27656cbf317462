"use client";

import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { describeIssue } from "#policy/describe-issue.ts";
import type { Profile } from "#policy/profile.ts";

type StoredTextDialogProps = {
  readonly profile: Profile;
  readonly onReplace: () => void;
  readonly onClose: () => void;
};

/** A stored value that cannot be read, as it stands in etcd, and the way to replace it. */
export function StoredTextDialog({ profile, onReplace, onClose }: StoredTextDialogProps) {
  const { rules } = profile;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="wide"
      title={
        rules.kind === "invalid" ? `The stored rules of ${profile.id} cannot be read` : `${profile.id} has no rules`
      }
      description="A value that is invalid can be replaced, not edited. Replacing goes into the draft; nothing is saved yet."
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" onClick={onReplace}>
            {rules.kind === "invalid" ? "Replace with empty rules" : "Begin with empty rules"}
          </Button>
        </>
      }
    >
      {rules.kind === "invalid" ? (
        <>
          <ul className="list-disc ps-5 text-small text-deny-text">
            {rules.issues.map((issue) => (
              <li key={describeIssue(issue)}>{describeIssue(issue)}</li>
            ))}
          </ul>
          <textarea
            readOnly
            aria-label="Stored text"
            value={rules.text}
            className="thin-scroll mono mt-3 h-56 w-full resize-y rounded-list border border-line bg-sunken p-3 break-all"
          />
        </>
      ) : null}
    </Dialog>
  );
}
