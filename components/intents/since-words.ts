import type { BrokenSince } from "#analysis/intents/broken-since.ts";

/** Since when an intent is broken; empty where that is not known. */
export function sinceWords(since: BrokenSince | undefined): string {
  switch (since?.kind) {
    case "broke-at":
      return `since rev ${since.revision}`;
    case "at-least":
      return `since at least rev ${since.revision}; older history is compacted`;
    case "never-held":
      return `since it was written in rev ${since.revision}`;
    case undefined:
      return "";
  }
}
