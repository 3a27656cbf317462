import { type ProfileId, parseProfileId } from "#policy/profile-id.ts";
import type { Draft } from "./draft.ts";
import { formatDraft, parseDraft } from "./store/draft-text.ts";

/**
 * Drafts live in this browser: they survive a reload, every tab works on the same ones, and a browser that keeps
 * nothing still has them until the page closes, and says so. Before a draft is changed it is read again, so that a tab
 * goes on from what another has written; where both wrote at once, both are put together.
 */
export type Drafts = ReadonlyMap<ProfileId, Draft>;

/** Whether drafts outlive the page: storage may be switched off, or have no room left. */
export type Keeping = "kept" | "off" | "full";

const PREFIX = "tortie.draft.2.";
const NONE: Drafts = new Map();
const listeners = new Set<() => void>();
/** Earlier states of this tab by their name: what two tabs had in common. */
const remembered = new Map<string, Draft>();
const MAX_REMEMBERED = 60;

/** Everything kept, also what is empty and only holds what can be done again. */
let kept: Drafts | undefined;
let visible: Drafts = NONE;
let texts = new Map<ProfileId, string | null>();
let keeping: Keeping = "kept";

/** All drafts of this browser that have something to save, by profile. */
export function readDrafts(): Drafts {
  if (kept === undefined) load();
  return visible;
}

/** There are no drafts where there is no browser. */
export function noDrafts(): Drafts {
  return NONE;
}

/** The draft of one profile, as it is shown; it may have nothing to save, only steps that can be done again. */
export function shownDraft(id: ProfileId): Draft | undefined {
  if (kept === undefined) load();
  return kept?.get(id);
}

/** The draft of one profile as it is in this moment, whichever tab wrote it: what a change goes on from. */
export function newestDraft(id: ProfileId): Draft | undefined {
  const before = shownDraft(id);
  if (!readAgain(id)) return before;
  tell();
  return kept?.get(id);
}

/** Keeps what was made of a shown draft while another tab was quicker: it goes on top of what that tab made. */
export function joinDraft(id: ProfileId, mine: Draft, theirs: Draft): void {
  remember(mine);
  void joinFork(id, mine, theirs);
}

/** Keeps a draft; nothing is forgotten. */
export function writeDraft(id: ProfileId, draft: Draft | undefined): void {
  if (kept === undefined) load();
  put(id, draft);
  persist(id, draft);
  tell();
}

/** Whether drafts outlive this page. */
export function readKeeping(): Keeping {
  return keeping;
}

/** Tells of every change, from this tab or another. */
export function subscribeDrafts(listener: () => void): () => void {
  if (listeners.size === 0) globalThis.addEventListener("storage", hear);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) globalThis.removeEventListener("storage", hear);
  };
}

function tell(): void {
  for (const listener of [...listeners]) listener();
}

function hear({ key }: StorageEvent): void {
  const id = key?.startsWith(PREFIX) ? parseProfileId(key.slice(PREFIX.length)) : undefined;
  // Without a key the whole storage was cleared.
  if (key === null) load();
  if (key === null || (id?.ok && readAgain(id.value))) tell();
}

/** Takes over what another tab has written about a profile; true when that is news. */
function readAgain(id: ProfileId): boolean {
  const text = readText(id);
  // A draft that could not be written is newer than whatever is stored.
  if (text === undefined || text === (texts.get(id) ?? null)) return false;
  texts.set(id, text);
  const [mine, theirs] = [kept?.get(id), text === null ? undefined : parseDraft(id, text)];
  put(id, theirs);
  const isFork = mine !== undefined && theirs !== undefined && !isLater(theirs, mine);
  if (isFork) void joinFork(id, mine, theirs);
  return true;
}

function isLater(draft: Draft, before: Draft): boolean {
  return draft.lineage.includes(before.requestId) || draft.requestId === before.requestId;
}

/** Both tabs wrote at once: what this one made goes on top of what the other made. */
async function joinFork(id: ProfileId, mine: Draft, theirs: Draft): Promise<void> {
  const common = [...mine.lineage].reverse().find((name) => theirs.lineage.includes(name) || name === theirs.requestId);
  const begun = common === undefined ? undefined : remembered.get(common);
  const { mergeFork } = await import("./merge/merge-fork.ts");
  const newest = newestDraft(id) ?? theirs;
  const merged = mergeFork({ begun, theirs: newest, mine });
  if (merged !== newest) writeDraft(id, merged);
}

function put(id: ProfileId, draft: Draft | undefined): void {
  const next = new Map(kept);
  if (draft === undefined) next.delete(id);
  else {
    next.set(id, draft);
    remember(draft);
  }
  setKept(next);
}

function setKept(next: Drafts): void {
  kept = next;
  visible = new Map([...next].filter(([, draft]) => draft.edits.length > 0));
}

function remember(draft: Draft): void {
  remembered.set(draft.requestId, draft);
  if (remembered.size > MAX_REMEMBERED) remembered.delete(remembered.keys().next().value ?? "");
}

function persist(id: ProfileId, draft: Draft | undefined): void {
  const text = draft === undefined ? null : formatDraft(draft);
  try {
    if (text === null) localStorage.removeItem(PREFIX + id);
    else localStorage.setItem(PREFIX + id, text);
    texts.set(id, text);
    keeping = "kept";
  } catch (error) {
    keeping = error instanceof DOMException && error.name === "QuotaExceededError" ? "full" : "off";
  }
}

/** The stored text; null when there is none, nothing when storage is off. */
function readText(id: ProfileId): string | null | undefined {
  try {
    return localStorage.getItem(PREFIX + id);
  } catch {
    return undefined;
  }
}

function load(): void {
  const found = new Map<ProfileId, Draft>();
  texts = new Map();
  try {
    for (let index = 0; index < localStorage.length; index += 1) {
      const key = localStorage.key(index);
      if (!key?.startsWith(PREFIX)) continue;
      const id = parseProfileId(key.slice(PREFIX.length));
      const text = localStorage.getItem(key);
      const draft = id.ok && text !== null ? parseDraft(id.value, text) : undefined;
      if (!id.ok || draft === undefined) continue;
      found.set(id.value, draft);
      texts.set(id.value, text);
      remember(draft);
    }
  } catch {
    keeping = "off";
  }
  setKept(found);
}
