import { canonicalRule } from "#policy/canonical-rule.ts";
import type { Profile } from "#policy/profile.ts";
import type { Snapshot } from "#policy/snapshot.ts";

export type ProfileFigures = { readonly rules: number; readonly tags: readonly string[] };

const figuresByProfile = new WeakMap<Profile, ProfileFigures>();
const tagsByProfiles = new WeakMap<Snapshot["profiles"], readonly string[]>();

/** How many rules a profile has, and every tag it holds or names. */
export function figuresOf(profile: Profile): ProfileFigures {
  const known = figuresByProfile.get(profile);
  if (known !== undefined) return known;
  const rules = profile.rules.kind === "valid" ? [...profile.rules.value.inbound, ...profile.rules.value.outbound] : [];
  const tags = new Set<string>(profile.tags.kind === "valid" ? profile.tags.value : []);
  for (const rule of rules) {
    const { src, dst } = canonicalRule(rule);
    for (const tag of [src.tag, src.notTag, dst.tag, dst.notTag]) if (tag !== undefined) tags.add(tag);
  }
  const figures = { rules: rules.length, tags: [...tags] };
  figuresByProfile.set(profile, figures);
  return figures;
}

/** Every tag the policy knows, held or named by a rule, sorted. */
export function knownTagsOf({ profiles }: Snapshot): readonly string[] {
  const known = tagsByProfiles.get(profiles);
  if (known !== undefined) return known;
  const tags = [...new Set([...profiles.values()].flatMap((profile) => figuresOf(profile).tags))].sort();
  tagsByProfiles.set(profiles, tags);
  return tags;
}
