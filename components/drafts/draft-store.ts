import { parseProfileEdit } from "#policy/edit/parse-profile-edit.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { Leaf, Profile } from "#policy/profile.ts";
import { type ProfileId, parseProfileId } from "#policy/profile-id.ts";
import { formatRulesValue, parseRulesValue } from "#policy/rules-value.ts";
import { formatTagsValue, parseTagsValue } from "#policy/tags-value.ts";
import type { SeenVersion } from "#web/queries/profile-versions.ts";
import type { Draft } from "./draft.ts";

/**
 * Drafts live in this browser: they survive a reload, another tab sees them, and a browser that keeps nothing still has
 * them until the page closes. What is read back is parsed like any outside text.
 */
type StoredDraft = {
  readonly tags: string | null;
  readonly rules: string | null;
  readonly version: SeenVersion;
  readonly edits: readonly unknown[];
  readonly requestId: string;
};

export type Drafts = ReadonlyMap<ProfileId, Draft>;

const PREFIX = "tortie.draft.1.";
const NONE: Drafts = new Map();
const listeners = new Set<() => void>();
let drafts: Drafts | undefined;

/** All drafts of this browser, by profile. */
export function readDrafts(): Drafts {
  drafts ??= loadDrafts();
  return drafts;
}

/** There are no drafts where there is no browser. */
export function noDrafts(): Drafts {
  return NONE;
}

/** Keeps a draft; without edits it is forgotten. */
export function writeDraft(id: ProfileId, draft: Draft | undefined): void {
  const next = new Map(readDrafts());
  if (draft === undefined || draft.edits.length === 0) next.delete(id);
  else next.set(id, draft);
  drafts = next;
  persist(id, next.get(id));
  for (const listener of [...listeners]) listener();
}

/** Tells of every change, from this tab or another. */
export function subscribeDrafts(listener: () => void): () => void {
  if (listeners.size === 0) globalThis.addEventListener("storage", reload);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) globalThis.removeEventListener("storage", reload);
  };
}

function reload(event: StorageEvent): void {
  if (event.key !== null && !event.key.startsWith(PREFIX)) return;
  drafts = loadDrafts();
  for (const listener of [...listeners]) listener();
}

function persist(id: ProfileId, draft: Draft | undefined): void {
  try {
    if (draft === undefined) localStorage.removeItem(PREFIX + id);
    else localStorage.setItem(PREFIX + id, formatDraft(draft));
  } catch {
    // Storage is off or full: the draft lives as long as the page.
  }
}

function loadDrafts(): Drafts {
  const found = new Map<ProfileId, Draft>();
  try {
    for (let index = 0; index < localStorage.length; index += 1) {
      const key = localStorage.key(index);
      if (!key?.startsWith(PREFIX)) continue;
      const id = parseProfileId(key.slice(PREFIX.length));
      const draft = id.ok ? parseDraft(id.value, localStorage.getItem(key) ?? "") : undefined;
      if (id.ok && draft !== undefined) found.set(id.value, draft);
    }
  } catch {
    // Storage is off: there are none.
  }
  return found;
}

/** The text kept for a draft. */
export function formatDraft({ base, edits, requestId }: Draft): string {
  const { tags, rules } = base.profile;
  const stored: StoredDraft = {
    tags: textOf(tags, formatTagsValue),
    rules: textOf(rules, formatRulesValue),
    version: base.version,
    edits,
    requestId,
  };
  return JSON.stringify(stored);
}

/** Reads a kept draft; `undefined` for a text that is not one. */
export function parseDraft(id: ProfileId, text: string): Draft | undefined {
  const stored = readObject(text);
  if (stored === undefined) return undefined;
  const { version, edits, requestId } = stored;
  if (!Array.isArray(edits) || typeof requestId !== "string" || !isVersion(version)) return undefined;
  const parsed: ProfileEdit[] = [];
  for (const each of edits) {
    const edit = parseProfileEdit(each);
    if (!edit.ok) return undefined;
    parsed.push(edit.value);
  }
  const profile: Profile = {
    id,
    tags: leafOf(stored.tags, parseTagsValue),
    rules: leafOf(stored.rules, parseRulesValue),
  };
  return { base: { profile, version: { tags: version.tags, rules: version.rules } }, edits: parsed, requestId };
}

function readObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function isVersion(value: unknown): value is SeenVersion {
  if (typeof value !== "object" || value === null || !("tags" in value) || !("rules" in value)) return false;
  return Number.isInteger(value.tags) && Number.isInteger(value.rules);
}

function textOf<T>(leaf: Leaf<T>, format: (value: T) => string): string | null {
  if (leaf.kind === "valid") return format(leaf.value);
  return leaf.kind === "invalid" ? leaf.text : null;
}

function leafOf<T>(text: unknown, parse: (text: string) => Leaf<T>): Leaf<T> {
  return typeof text === "string" ? parse(text) : { kind: "missing" };
}
