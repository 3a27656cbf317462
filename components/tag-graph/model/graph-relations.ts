import { canonicalRule } from "#policy/canonical-rule.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { CanonicalRule, Position } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { Tag } from "#policy/tag.ts";

/** What opens a receiver's door: a tag the sender holds, the sender's address, or nothing at all. */
export type Key =
  | { readonly kind: "tag"; readonly tag: Tag }
  | { readonly kind: "range"; readonly cidr: string }
  | { readonly kind: "anyone" };

/** A tag that some receiver asks for; a tag nobody asks for is no node of the graph. */
export type AskedTag = {
  readonly tag: Tag;
  readonly holders: readonly ProfileId[];
  /** Profiles with an inbound rule that allows the tag. */
  readonly admitters: readonly ProfileId[];
};

/** A receiver's inbound rules that name the same key and say the same. */
export type DoorRule = {
  readonly key: Key;
  readonly receiver: ProfileId;
  readonly says: "allow" | "deny";
  readonly positions: readonly Position[];
};

/** The lines between profiles and keys, straight from what the profiles say; who really gets through is the judge's answer. */
export type GraphRelations = {
  /** By name. */
  readonly tags: readonly AskedTag[];
  /** Address ranges that inbound rules name, in order of text. */
  readonly ranges: readonly string[];
  /** Address ranges that outbound rules name. */
  readonly targetRanges: readonly string[];
  readonly doors: readonly DoorRule[];
};

/** Reads the relations out of a snapshot; profiles whose value is missing or invalid relate to nobody. */
export function graphRelations(snapshot: Snapshot): GraphRelations {
  const profiles = [...snapshot.profiles.values()];
  const doors = profiles.flatMap(doorsOf);
  const ranges = new Set(doors.flatMap(({ key }) => (key.kind === "range" ? [key.cidr] : [])));
  return {
    tags: askedTags(profiles, doors),
    ranges: [...ranges].sort(),
    targetRanges: targetRangesOf(profiles),
    doors,
  };
}

/** Text that names a key among all keys. */
export function formatKey(key: Key): string {
  if (key.kind === "tag") return `tag:${key.tag}`;
  return key.kind === "range" ? `range:${key.cidr}` : "anyone";
}

/** The key one inbound rule asks for; a tag comes before an address when a rule wants both. */
export function keyOf(rule: CanonicalRule): Key {
  if (rule.src.tag !== undefined) return { kind: "tag", tag: rule.src.tag };
  const { net } = rule.src;
  // A /0 is every address.
  return net === undefined || net.prefix === 0 ? { kind: "anyone" } : { kind: "range", cidr: net.text };
}

/** The tags a profile holds; none when its tags are missing or invalid. */
export function heldTags(profile: Profile): readonly Tag[] {
  return profile.tags.kind === "valid" ? profile.tags.value : [];
}

function targetRangesOf(profiles: readonly Profile[]): readonly string[] {
  const nets = profiles.flatMap(({ rules }) =>
    rules.kind === "valid" ? rules.value.outbound.map((rule) => canonicalRule(rule).dst.net) : [],
  );
  // A /0 is every address: that is Anywhere, not a range.
  return [...new Set(nets.flatMap((net) => (net === undefined || net.prefix === 0 ? [] : [net.text])))].sort();
}

/** One look at every profile and every door, whatever the number of tags. */
function askedTags(profiles: readonly Profile[], doors: readonly DoorRule[]): readonly AskedTag[] {
  const asked = new Map<Tag, { readonly holders: Set<ProfileId>; readonly admitters: ProfileId[] }>();
  for (const { key, says, receiver } of doors) {
    if (key.kind !== "tag") continue;
    const tag = asked.get(key.tag) ?? { holders: new Set(), admitters: [] };
    asked.set(key.tag, tag);
    if (says === "allow") tag.admitters.push(receiver);
  }
  for (const profile of profiles) for (const tag of heldTags(profile)) asked.get(tag)?.holders.add(profile.id);
  const byName = [...asked].sort(([a], [b]) => (a < b ? -1 : 1));
  return byName.map(([tag, { holders, admitters }]) => ({ tag, holders: [...holders], admitters }));
}

function doorsOf(profile: Profile): readonly DoorRule[] {
  if (profile.rules.kind !== "valid") return [];
  const doors = new Map<string, DoorRule>();
  for (const [index, stored] of profile.rules.value.inbound.entries()) {
    const rule = canonicalRule(stored);
    if (rule.action !== "allow" && rule.action !== "deny") continue;
    const key = keyOf(rule);
    const name = `${rule.action} ${formatKey(key)}`;
    const positions = [...(doors.get(name)?.positions ?? []), index + 1];
    doors.set(name, { key, receiver: profile.id, says: rule.action, positions });
  }
  return [...doors.values()];
}
