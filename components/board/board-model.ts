import type { SeenProfile } from "#components/drafts/draft.ts";
import type { Drafts } from "#components/drafts/draft-store.ts";
import { seenProfile } from "#components/drafts/seen-profile.ts";
import { figuresOf } from "#components/profiles/known-tags.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { PolicyState } from "#web/queries/policy-state.ts";
import { type BoardView, isOpenToAnywhere, isUnreadable, matchesQuery } from "./filter-profiles.ts";

/** One card of the board; `live` is absent when the profile is gone and only a draft is left. */
export type BoardItem = { readonly id: ProfileId; readonly live: SeenProfile | undefined };

export type BoardCounts = Readonly<Record<BoardView, number>> & { readonly rules: number; readonly tags: number };

/** Every stored profile by name, and those that are gone but have a draft here. */
export function boardItems(state: PolicyState, drafts: Drafts): readonly BoardItem[] {
  const ids = [...state.snapshot.profiles.keys()];
  const gone = [...drafts.keys()].filter((id) => !state.snapshot.profiles.has(id));
  const all = gone.length === 0 ? ids : [...ids, ...gone].sort();
  return all.map((id) => ({ id, live: seenProfile(state, id) }));
}

/** The items a view and a query leave. */
export function shownItems(
  items: readonly BoardItem[],
  drafts: Drafts,
  wanted: { readonly view: BoardView; readonly query: string },
) {
  return items.filter(({ id, live }) => {
    const profile = live?.profile ?? drafts.get(id)?.base.profile;
    return profile !== undefined && isInView(profile, drafts, wanted.view) && matchesQuery(profile, wanted.query);
  });
}

/** The figures of the top bar and of the views. */
export function boardCounts(items: readonly BoardItem[], drafts: Drafts): BoardCounts {
  const tags = new Set<string>();
  const counts = { all: 0, open: 0, drafts: 0, invalid: 0, rules: 0 };
  for (const { id, live } of items) {
    const profile = live?.profile ?? drafts.get(id)?.base.profile;
    if (profile === undefined) continue;
    for (const view of ["all", "open", "drafts", "invalid"] as const) {
      if (isInView(profile, drafts, view)) counts[view] += 1;
    }
    const figures = figuresOf(profile);
    counts.rules += figures.rules;
    for (const tag of figures.tags) tags.add(tag);
  }
  return { ...counts, tags: tags.size };
}

function isInView(profile: Profile, drafts: Drafts, view: BoardView): boolean {
  switch (view) {
    case "all":
      return true;
    case "open":
      return isOpenToAnywhere(profile);
    case "drafts":
      return drafts.has(profile.id);
    case "invalid":
      return isUnreadable(profile);
  }
}
