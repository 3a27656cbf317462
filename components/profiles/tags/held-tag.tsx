import { Minus, PencilLine } from "lucide-react";
import { useState } from "react";
import { effectWords } from "#components/reach/reach-effect.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { TagChip } from "#components/ui/tag-chip.tsx";
import type { Profile } from "#policy/profile.ts";
import type { Tag } from "#policy/tag.ts";
import { TagEffect } from "./tag-effect.tsx";
import { useTagEffect } from "./use-tag-effect.ts";

type HeldTagProps = {
  readonly profile: Profile;
  readonly tag: Tag;
  readonly isDraft: boolean;
  readonly onRemove: (tag: Tag) => void;
  readonly onRename: (tag: Tag) => void;
};

/** A tag that is held: taking it away first shows what that closes. */
export function HeldTag({ profile, tag, isDraft, onRemove, onRename }: HeldTagProps) {
  const [isAsked, setAsked] = useState(false);
  return (
    <li className="flex flex-col gap-2">
      <div className="flex min-h-8 items-center gap-1">
        <TagChip tag={tag} holding="held" isDraft={isDraft} />
        <Button
          look="plain"
          size="small"
          className="ms-auto"
          onClick={() => onRename(tag)}
          aria-label={`Rename tag ${tag}`}
        >
          <Icon of={PencilLine} size={12} />
          Rename…
        </Button>
        <Button
          look="plain"
          size="small"
          aria-expanded={isAsked}
          onClick={() => setAsked(!isAsked)}
          aria-label={`Remove tag ${tag}`}
        >
          <Icon of={Minus} size={12} />
          Remove
        </Button>
      </div>
      {isAsked ? <RemoveStep profile={profile} tag={tag} onRemove={onRemove} onKeep={() => setAsked(false)} /> : null}
    </li>
  );
}

type RemoveStepProps = Pick<HeldTagProps, "profile" | "tag" | "onRemove"> & { readonly onKeep: () => void };

function RemoveStep({ profile, tag, onRemove, onKeep }: RemoveStepProps) {
  const { effect, mayGoOn } = useTagEffect(profile, "remove-tag", tag);
  return (
    <div className="flex flex-col gap-2 rounded-list border border-amber-line p-3">
      <TagEffect effect={effect} does={`Removing ${tag}`} />
      <span className="flex justify-end gap-2">
        <Button look="plain" size="small" onClick={onKeep}>
          Keep it
        </Button>
        <Button size="small" autoFocus={mayGoOn} disabled={!mayGoOn} onClick={() => onRemove(tag)}>
          {effect === undefined ? "Remove from draft" : `Remove · ${effectWords(effect)}`}
        </Button>
      </span>
    </div>
  );
}
