import type { SeenProfile } from "#components/drafts/draft.ts";
import type { Drafts } from "#components/drafts/draft-store.ts";
import { seenProfile } from "#components/drafts/seen-profile.ts";
import { countFaults } from "#components/judge/count-faults.ts";
import type { FindingsByProfile, WordedFinding } from "#components/judge/judge-messages.ts";
import { figuresOf } from "#components/profiles/known-tags.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { assertNever } from "#prelude/assert-never.ts";
import type { PolicyState } from "#web/queries/policy-state.ts";
import { BOARD_VIEWS, type BoardSort, type BoardView, hasFindingOf } from "./board-views.ts";
import { isOpenToAnywhere, isUnreadable, matchesQuery } from "./filter-profiles.ts";

/** One card of the board; `live` is absent when the profile is gone and only a draft is left. */
export type BoardItem = { readonly id: ProfileId; readonly live: SeenProfile | undefined };

export type BoardCounts = {
  readonly views: Readonly<Record<BoardView, number>>;
  readonly rules: number;
  readonly tags: number;
};

/** What is known of the profiles beside what is stored. */
export type Known = { readonly drafts: Drafts; readonly findings: FindingsByProfile | undefined };

export type Wanted = { readonly view: BoardView; readonly query: string; readonly sort: BoardSort };

const NONE: readonly WordedFinding[] = [];

/** Every stored profile by name, and those that are gone but have a draft here. */
export function boardItems(state: PolicyState, drafts: Drafts): readonly BoardItem[] {
  const ids = [...state.snapshot.profiles.keys()];
  const gone = [...drafts.keys()].filter((id) => !state.snapshot.profiles.has(id));
  const all = gone.length === 0 ? ids : [...ids, ...gone].sort();
  return all.map((id) => ({ id, live: seenProfile(state, id) }));
}

/** The items a view and a query leave, in the order that is wanted. */
export function shownItems(items: readonly BoardItem[], known: Known, { view, query, sort }: Wanted) {
  const shown = items.filter((item) => {
    const profile = profileOf(item, known);
    return profile !== undefined && isInView(profile, known, view) && matchesQuery(profile, query);
  });
  if (sort === "name") return shown;
  const keys = new Map(shown.map((item) => [item.id, sortKey(item, known, sort)]));
  // Equal ones stay in the order of their names.
  return shown.sort((a, b) => (keys.get(b.id) ?? 0) - (keys.get(a.id) ?? 0));
}

/** The figures of the top bar and of the views. */
export function boardCounts(items: readonly BoardItem[], known: Known): BoardCounts {
  const tags = new Set<string>();
  const views = { all: 0, open: 0, never: 0, tags: 0, loose: 0, unused: 0, drafts: 0, invalid: 0 };
  let rules = 0;
  for (const item of items) {
    const profile = profileOf(item, known);
    if (profile === undefined) continue;
    for (const view of BOARD_VIEWS) if (isInView(profile, known, view)) views[view] += 1;
    const figures = figuresOf(profile);
    rules += figures.rules;
    for (const tag of figures.tags) tags.add(tag);
  }
  return { views, rules, tags: tags.size };
}

/** What the judge has to say of a profile. */
export function findingsOf({ findings }: Pick<Known, "findings">, id: ProfileId): readonly WordedFinding[] {
  return findings?.get(id) ?? NONE;
}

function profileOf({ id, live }: BoardItem, { drafts }: Known): Profile | undefined {
  return live?.profile ?? drafts.get(id)?.base.profile;
}

function isInView(profile: Profile, known: Known, view: BoardView): boolean {
  switch (view) {
    case "all":
      return true;
    case "open":
      return isOpenToAnywhere(profile);
    case "drafts":
      return known.drafts.has(profile.id);
    case "invalid":
      return isUnreadable(profile);
    default:
      return hasFindingOf(view, findingsOf(known, profile.id));
  }
}

function sortKey(item: BoardItem, known: Known, sort: Exclude<BoardSort, "name">): number {
  switch (sort) {
    case "changed":
      return Math.max(item.live?.version.tags ?? 0, item.live?.version.rules ?? 0);
    case "findings":
      return countFaults(findingsOf(known, item.id));
    case "rules": {
      const profile = profileOf(item, known);
      return profile === undefined ? 0 : figuresOf(profile).rules;
    }
    default:
      return assertNever(sort);
  }
}
