import { KeyRound, LockKeyhole, Plus } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { TagChip } from "#components/ui/tag-chip.tsx";
import type { Profile } from "#policy/profile.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { admittedTags } from "../admitted-tags.ts";
import { holdersOf } from "../holders-of.ts";

type TagStripProps = {
  readonly profile: Profile;
  readonly stored: Profile | undefined;
  readonly snapshot: Snapshot;
  readonly onOpen: () => void;
};

/** The keys the profile holds and the locks its rules open, in full. */
export function TagStrip({ profile, stored, snapshot, onOpen }: TagStripProps) {
  const held = profile.tags.kind === "valid" ? profile.tags.value : [];
  const heldInStore = stored?.tags.kind === "valid" ? stored.tags.value : [];
  const admitted = admittedTags(profile);
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-6 gap-y-2 border-b border-line px-[22px] py-2.5 max-md:px-4">
      <div className="flex min-w-0 flex-wrap items-center gap-2">
        <Icon of={KeyRound} size={14} className="text-ink-2" />
        <span className="text-small font-[600] text-ink-2">Holds</span>
        {held.map((tag) => (
          <TagChip key={tag} tag={tag} holding="held" isDraft={!heldInStore.includes(tag)} />
        ))}
        <Button look="dashed" size="small" onClick={onOpen}>
          <Icon of={Plus} size={12} />
          Add tag
        </Button>
        <span className="text-small text-ink-3 max-lg:hidden">A tag is a grant: adding one can open access.</span>
      </div>
      {admitted.length > 0 ? (
        <div className="flex min-w-0 flex-wrap items-center gap-2 border-s border-line ps-6 max-lg:border-s-0 max-lg:ps-0">
          <Icon of={LockKeyhole} size={14} className="text-ink-2" />
          <span className="text-small font-[600] text-ink-2">Admits</span>
          {admitted.map((tag) => (
            <TagChip key={tag} tag={tag} holding="admitted" count={holdersOf(snapshot, tag).length} />
          ))}
        </div>
      ) : null}
    </div>
  );
}
