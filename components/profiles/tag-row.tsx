import { Plus } from "lucide-react";
import { Icon } from "#components/ui/icon.tsx";
import { TagChip } from "#components/ui/tag-chip.tsx";
import type { Profile } from "#policy/profile.ts";
import { admittedTags } from "./admitted-tags.ts";

type TagRowProps = {
  readonly profile: Profile;
  /** What is stored; a held tag that is not in it belongs to the draft. */
  readonly stored: Profile | undefined;
  /** Room for chips in pixels. */
  readonly width: number;
  readonly tabIndex: 0 | -1;
  readonly onOpen: () => void;
};

const CHAR_WIDTH = 6.7;
const CHIP_FRAME = 34;
const GAP = 6;
const ADD_WIDTH = 24;

/** One line: held tags first, admitted next, `+n` for those that do not fit; its button opens the tags. */
export function TagRow({ profile, stored, width, tabIndex, onOpen }: TagRowProps) {
  const chips = chipsOf(profile, stored);
  const fitting = countFitting(
    chips.map(({ tag }) => tag),
    width - ADD_WIDTH,
  );
  const hidden = chips.length - fitting;
  return (
    <div className="flex h-5 items-center gap-1.5 overflow-hidden coarse:h-6">
      {chips.slice(0, fitting).map(({ tag, role, isDraft }) => (
        <TagChip key={`${role} ${tag}`} tag={tag} holding={role} isDraft={isDraft} />
      ))}
      <button
        type="button"
        tabIndex={tabIndex}
        onClick={onOpen}
        aria-label={hidden > 0 ? `${hidden} more tags of ${profile.id}` : `Tags of ${profile.id}`}
        title="Tags"
        className="flex h-5 min-w-6 items-center justify-center rounded-chip border border-dashed border-line-strong px-1 text-caption text-ink-3 hover:border-control-line hover:text-ink coarse:h-6 coarse:min-w-10"
      >
        {hidden > 0 ? `+${hidden}` : <Icon of={Plus} size={11} />}
      </button>
    </div>
  );
}

type Chip = { readonly tag: string; readonly role: "held" | "admitted"; readonly isDraft: boolean };

function chipsOf(profile: Profile, stored: Profile | undefined): readonly Chip[] {
  const heldInStore = stored?.tags.kind === "valid" ? stored.tags.value : [];
  const held = profile.tags.kind === "valid" ? profile.tags.value : [];
  return [
    ...held.map((tag) => ({ tag, role: "held" as const, isDraft: !heldInStore.includes(tag) })),
    ...admittedTags(profile).map((tag) => ({ tag, role: "admitted" as const, isDraft: false })),
  ];
}

/** Chips are mono, so their width follows from their length; measuring hundreds of cards would cost frames. */
function countFitting(tags: readonly string[], width: number): number {
  let used = 0;
  for (const [index, tag] of tags.entries()) {
    used += tag.length * CHAR_WIDTH + CHIP_FRAME + GAP;
    if (used > width) return index;
  }
  return tags.length;
}
