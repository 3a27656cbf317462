"use client";

import { PencilLine } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { TagChip } from "#components/ui/tag-chip.tsx";
import type { Profile } from "#policy/profile.ts";
import type { Tag } from "#policy/tag.ts";
import { admittedTags } from "../admitted-tags.ts";
import { AddTag } from "./add-tag.tsx";
import { HeldTag } from "./held-tag.tsx";
import { RenameTagDialog } from "./rename-tag-dialog.tsx";

type TagDialogProps = {
  readonly profile: Profile;
  readonly stored: Profile | undefined;
  readonly knownTags: readonly string[];
  readonly canSave: boolean;
  readonly onAdd: (tag: Tag) => void;
  readonly onRemove: (tag: Tag) => void;
  readonly onClose: () => void;
};

/** The tags a profile holds, to add and remove, and those its rules admit. Changes go into the draft. */
export function TagDialog({ profile, stored, knownTags, canSave, onAdd, onRemove, onClose }: TagDialogProps) {
  const [renamed, setRenamed] = useState<Tag>();
  const held = profile.tags.kind === "valid" ? profile.tags.value : [];
  const heldInStore = stored?.tags.kind === "valid" ? stored.tags.value : [];
  const admitted = admittedTags(profile);
  if (renamed !== undefined) {
    return <RenameTagDialog tag={renamed} canSave={canSave} onClose={() => setRenamed(undefined)} />;
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Tags of ${profile.id}`}
      description="A tag is a grant: adding one can open access."
      footer={
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <AddTag profile={profile} held={held} knownTags={knownTags} onAdd={onAdd} />
      <section className="mt-4">
        <h3 className="mb-1 text-small font-[600]">Holds</h3>
        {held.length === 0 ? <p className="text-small text-ink-3">No tag: no rule lets it in by a tag.</p> : null}
        <ul className="flex flex-col gap-1">
          {[...new Set(held)].map((tag) => (
            <HeldTag
              key={tag}
              profile={profile}
              tag={tag}
              isDraft={!heldInStore.includes(tag)}
              onRemove={onRemove}
              onRename={setRenamed}
            />
          ))}
        </ul>
      </section>
      {admitted.length > 0 ? (
        <section className="mt-3 pb-2">
          <h3 className="mb-1.5 text-small font-[600]">Admits by its inbound rules</h3>
          <ul className="flex flex-col gap-1">
            {admitted.map((tag) => (
              <li key={tag} className="flex min-h-8 items-center gap-1">
                <TagChip tag={tag} holding="admitted" />
                <Button
                  look="plain"
                  size="small"
                  className="ms-auto"
                  onClick={() => setRenamed(tag)}
                  aria-label={`Rename tag ${tag}`}
                >
                  <Icon of={PencilLine} size={12} />
                  Rename…
                </Button>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </Dialog>
  );
}
