import { useEffect, useRef, useState } from "react";
import type { DraftEffect } from "#components/drafts/draft-effect.ts";
import { effectWords, reachEffect } from "#components/reach/reach-effect.ts";
import type { Snapshot } from "#policy/snapshot.ts";

/** What the newest revision that came in while the page was open did. */
export type LatestChange = { readonly revision: number; readonly effect: DraftEffect; readonly words: string };

/** Larger policies are compared on request, not on every change. */
const MAX_PROFILES = 300;

/** Compares each snapshot with the one shown before it; `undefined` until something changes. */
export function useLatestChange(snapshot: Snapshot): LatestChange | undefined {
  const shown = useRef(snapshot);
  const [change, setChange] = useState<LatestChange>();
  useEffect(() => {
    if (shown.current === snapshot) return;
    const before = shown.current;
    shown.current = snapshot;
    // The news must not cost more than the picture it is about.
    if (snapshot.profiles.size > MAX_PROFILES) return;
    const effect = reachEffect(before, snapshot);
    setChange({ revision: snapshot.revision, effect, words: wordsFor(snapshot.revision, effect) });
  }, [snapshot]);
  return change;
}

/** One pair is named, more are counted. */
function wordsFor(revision: number, effect: DraftEffect): string {
  const [opened, closed] = [effect.opens[0], effect.closes[0]];
  if (effect.opens.length === 1 && closed === undefined && opened !== undefined) {
    return `Rev ${revision} opens ${opened.from} → ${opened.to} ${opened.what}`;
  }
  if (effect.closes.length === 1 && opened === undefined && closed !== undefined) {
    return `Rev ${revision} closes ${closed.from} → ${closed.to} ${closed.what}`;
  }
  return `Rev ${revision}: ${effectWords(effect)}`;
}
