import { randomUUID } from "node:crypto";
import { newProfile } from "#policy/new-profile.ts";
import type { Profile } from "#policy/profile.ts";
import { type ProfileId, parseProfileId } from "#policy/profile-id.ts";
import { parseTag, type Tag } from "#policy/tag.ts";
import type { JournalNote, PolicyStore, PolicyWrite } from "#store/policy-store.ts";

/** A profile id; throws unless it is one. */
export function profileId(text: string): ProfileId {
  const id = parseProfileId(text);
  if (!id.ok) throw new TypeError(`Not a profile id: ${text}`);
  return id.value;
}

/** A tag; throws unless it is one. */
export function tag(text: string): Tag {
  const parsed = parseTag(text);
  if (!parsed.ok) throw new TypeError(`Not a tag: ${text}`);
  return parsed.value;
}

/** A journal note with a request id of its own unless one is given. */
export function note(requestId: string = randomUUID(), at = "2026-11-23T10:00:00.000Z"): JournalNote {
  return { requestId, who: "ann", at, note: "because", edits: [{ kind: "add-tag", tag: "DB" }] };
}

/** The write that creates a profile as `profile add` does. */
export function creation(id: string): PolicyWrite {
  return { kind: "profile", id: profileId(id), base: { tags: 0, rules: 0 }, after: newProfile(profileId(id)) };
}

/** The profile with one more tag at the end. */
export function withTag(profile: Profile, added: string): Profile {
  const held = profile.tags.kind === "valid" ? profile.tags.value : [];
  return { ...profile, tags: { kind: "valid", value: [...held, tag(added)] } };
}

/** Creates a profile and answers its revision; throws when that is refused. */
export async function createProfile(store: PolicyStore, id: string): Promise<number> {
  const created = await store.commit({ writes: [creation(id)], journal: note() });
  if (!created.ok) throw new Error(`Refused: ${JSON.stringify(created.error)}`);
  return created.value.revision;
}

/** Adds a tag as an editor does: reads, edits, saves, and starts over when somebody else was faster. */
export async function addTag(store: PolicyStore, id: string, added: string): Promise<number> {
  const journal = note();
  for (;;) {
    const read = await store.readProfile(profileId(id));
    if (read === undefined) throw new Error(`No profile ${id}`);
    const write = {
      kind: "profile",
      id: profileId(id),
      base: read.version,
      after: withTag(read.profile, added),
    } as const;
    const saved = await store.commit({ writes: [write], journal });
    if (saved.ok) return saved.value.revision;
    if (saved.error.kind !== "conflict") throw new Error(`Refused: ${JSON.stringify(saved.error)}`);
  }
}
