import type { SeenProfile } from "#components/drafts/draft.ts";
import type { Drafts } from "#components/drafts/draft-store.ts";
import { seenProfile } from "#components/drafts/seen-profile.ts";
import { canonicalRule } from "#policy/canonical-rule.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { PolicyState } from "#web/queries/policy-state.ts";
import { type BoardView, isOpenToAnywhere, isUnreadable, matchesQuery } from "./filter-profiles.ts";

/** One card of the board; `live` is absent when the profile is gone and only a draft is left. */
export type BoardItem = { readonly id: ProfileId; readonly live: SeenProfile | undefined };

export type BoardCounts = Readonly<Record<BoardView, number>> & { readonly rules: number; readonly tags: number };

const NO_ENDPOINTS: readonly string[] = [];
const endpointsBySnapshot = new WeakMap<Snapshot["endpoints"], ReadonlyMap<ProfileId, readonly string[]>>();
const rulesByProfile = new WeakMap<Profile, { readonly rules: number; readonly tags: readonly string[] }>();

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

/** The endpoints that name each profile, as `host/orchestrator/workload/endpoint`. */
export function endpointsOf({ endpoints }: Snapshot, id: ProfileId): readonly string[] {
  let byProfile = endpointsBySnapshot.get(endpoints);
  if (byProfile === undefined) {
    byProfile = endpointsByProfile(endpoints);
    endpointsBySnapshot.set(endpoints, byProfile);
  }
  return byProfile.get(id) ?? NO_ENDPOINTS;
}

/** Every tag the policy knows, held or named by a rule, sorted. */
export function knownTags(items: readonly BoardItem[]): readonly string[] {
  return [...new Set(items.flatMap(({ live }) => (live ? figuresOf(live.profile).tags : [])))].sort();
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

function endpointsByProfile(endpoints: Snapshot["endpoints"]): ReadonlyMap<ProfileId, readonly string[]> {
  const byProfile = new Map<ProfileId, string[]>();
  for (const [name, { value }] of endpoints) {
    if (value.kind !== "valid") continue;
    for (const id of new Set(value.value.profileIds)) {
      const names = byProfile.get(id);
      if (names === undefined) byProfile.set(id, [name]);
      else names.push(name);
    }
  }
  return byProfile;
}

function figuresOf(profile: Profile): { readonly rules: number; readonly tags: readonly string[] } {
  const known = rulesByProfile.get(profile);
  if (known !== undefined) return known;
  const rules = profile.rules.kind === "valid" ? [...profile.rules.value.inbound, ...profile.rules.value.outbound] : [];
  const tags = new Set<string>(profile.tags.kind === "valid" ? profile.tags.value : []);
  for (const rule of rules) {
    const { src, dst } = canonicalRule(rule);
    for (const tag of [src.tag, src.notTag, dst.tag, dst.notTag]) if (tag !== undefined) tags.add(tag);
  }
  const figures = { rules: rules.length, tags: [...tags] };
  rulesByProfile.set(profile, figures);
  return figures;
}
