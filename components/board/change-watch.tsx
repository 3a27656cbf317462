import { useEffect, useRef, useState } from "react";
import { useDrafts } from "#components/drafts/use-draft.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { BoardItem } from "./board-model.ts";

/** When profiles changed, in milliseconds of this browser; only those of late. */
export type ChangedAt = ReadonlyMap<ProfileId, number>;

/** A change is news for this long. */
const NEWS_MS = 60_000;
const NOTHING: ChangedAt = new Map();

type ChangeWatchProps = {
  readonly items: readonly BoardItem[];
  /** What the page began with: no news. */
  readonly since: readonly BoardItem[];
  readonly onNews: (changedAt: ChangedAt) => void;
};

/**
 * Tells which profiles changed while they were on screen; draws nothing. One that has a draft here is left out: it was
 * saved from here, or the draft says itself what became of it.
 */
export function ChangeWatch({ items, since, onNews }: ChangeWatchProps) {
  const drafts = useDrafts();
  const [changedAt, setChangedAt] = useState(NOTHING);
  const seen = useRef<ReadonlyMap<ProfileId, number>>(undefined);
  const began = useRef(since);
  const latestDrafts = useRef(drafts);
  useEffect(() => {
    latestDrafts.current = drafts;
  });
  useEffect(() => {
    const before = seen.current ?? new Map(began.current.map((item) => [item.id, revisionOf(item)]));
    seen.current = new Map(items.map((item) => [item.id, revisionOf(item)]));
    if (before.size === 0) return;
    const now = Date.now();
    const changed = items.filter(
      (item) => revisionOf(item) > (before.get(item.id) ?? 0) && !latestDrafts.current.has(item.id),
    );
    if (changed.length === 0) return;
    setChangedAt((kept) => new Map([...newsOf(kept, now), ...changed.map(({ id }) => [id, now] as const)]));
  }, [items]);
  useEffect(() => {
    onNews(changedAt);
    if (changedAt.size === 0) return undefined;
    const timer = setTimeout(() => setChangedAt((kept) => newsOf(kept, Date.now())), NEWS_MS);
    return () => clearTimeout(timer);
  }, [changedAt, onNews]);
  return null;
}

function revisionOf({ live }: BoardItem): number {
  return Math.max(live?.version.tags ?? 0, live?.version.rules ?? 0);
}

function newsOf(kept: ChangedAt, now: number): ChangedAt {
  return new Map([...kept].filter(([, at]) => now - at < NEWS_MS));
}
