import { KeyRound } from "lucide-react";
import { Icon } from "#components/ui/icon.tsx";
import { TagChip } from "#components/ui/tag-chip.tsx";
import type { PartEffect } from "./import-effect.ts";

type TagsNoteProps = { readonly effect: PartEffect; readonly isTaken: boolean };

/** What becomes of the tags, which a file of rules never touches: a tag is a grant. */
export function TagsNote({ effect: { profileId, isNew, tags }, isTaken }: TagsNoteProps) {
  const { held, gained, lost, inFile } = tags;
  const verb = isNew ? "begins with" : "keeps";
  return (
    <p className="flex flex-wrap items-center gap-1.5 rounded-list border border-line px-3 py-2.5 text-small text-ink-2">
      <Icon of={KeyRound} size={14} className="text-ink-3" />
      <span className="me-1">
        {inFile === undefined ? `Tags are not in this file. ${profileId} ${verb}` : null}
        {inFile !== undefined && !isTaken ? `Tags of this file are not taken. ${profileId} ${verb}` : null}
        {inFile !== undefined && isTaken ? `Tags are taken from this file. ${profileId} holds` : null}
        {held.length === 0 ? " none" : ""}
      </span>
      {held.map((tag) => (
        <TagChip key={tag} tag={tag} holding="held" />
      ))}
      {gained.length > 0 ? <span>Gained: {gained.join(", ")}.</span> : null}
      {lost.length > 0 ? <span>Lost: {lost.join(", ")}.</span> : null}
    </p>
  );
}
