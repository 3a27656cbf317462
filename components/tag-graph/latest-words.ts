import { effectWords } from "#components/reach/reach-effect.ts";
import type { LatestChange } from "./worker/graph-messages.ts";

/** What the newest revision did, in a sentence: one pair is named, more are counted. */
export function latestWords({ revision, effect }: LatestChange): string {
  const [opened, closed] = [effect.opens[0], effect.closes[0]];
  if (effect.opens.length === 1 && closed === undefined && opened !== undefined) {
    return `Rev ${revision} opens ${opened.from} → ${opened.to} ${opened.what}`;
  }
  if (effect.closes.length === 1 && opened === undefined && closed !== undefined) {
    return `Rev ${revision} closes ${closed.from} → ${closed.to} ${closed.what}`;
  }
  return `Rev ${revision}: ${effectWords(effect)}`;
}
