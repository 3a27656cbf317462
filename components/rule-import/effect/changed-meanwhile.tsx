import { RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import { Banner } from "#components/ui/banner.tsx";
import type { ProfileId } from "#policy/profile-id.ts";
import { isSameVersion } from "#web/queries/profile-versions.ts";
import type { SeenVersions } from "../import-state.ts";

export type ChangedMeanwhile = { readonly changed: readonly ProfileId[]; readonly removed: readonly ProfileId[] };

/** Which profiles others wrote or removed since a person looked. */
export function changedMeanwhile(seen: SeenVersions, now: SeenVersions): ChangedMeanwhile {
  const stale = [...now].filter(([id, version]) => {
    const before = seen.get(id);
    return before !== undefined && !isSameVersion(before, version);
  });
  const isGone = ([, { tags, rules }]: (typeof stale)[number]) => tags === 0 && rules === 0;
  return {
    changed: stale.filter((each) => !isGone(each)).map(([id]) => id),
    removed: stale.filter(isGone).map(([id]) => id),
  };
}

type ChangedBannerProps = { readonly meanwhile: ChangedMeanwhile; readonly action?: ReactNode };

/** Says what others did while the dialog was open; nothing when they did nothing. */
export function ChangedBanner({ meanwhile: { changed, removed }, action }: ChangedBannerProps) {
  if (changed.length + removed.length === 0) return null;
  const facts = [
    ...(changed.length > 0 ? [`${changed.join(", ")} changed meanwhile`] : []),
    ...(removed.length > 0 ? [`${removed.join(", ")} was removed meanwhile`] : []),
  ];
  return (
    <Banner icon={RefreshCw} title={facts.join("; ")} action={action}>
      The effect is that of your file on the newest rules.
      {removed.length > 0 ? ` Applying creates ${removed.join(", ")} again, with its own tag only.` : ""} Your choices
      and note are kept.
    </Banner>
  );
}
