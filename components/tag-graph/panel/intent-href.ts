import { parseTrafficText, wordsOf } from "#analysis/question/reach/traffic-text.ts";
import type { ReachNode } from "#analysis/reach/reach-node.ts";
import { newIntentHref } from "#components/check/check-href.ts";
import type { PairArgument } from "../model/pair-argument.ts";

/** The Check page with this pair asked and the dialog open that makes a promise of it: the first connection that is open, or all where none is. */
export function intentHref({ from, to, text }: PairArgument): string {
  const first = text?.split(";")[0]?.trim() ?? "";
  const traffic = parseTrafficText(wordsOf(first));
  return newIntentHref({ from: placeWord(from), to: placeWord(to), traffic: traffic.ok ? traffic.value : {} });
}

function placeWord(place: ReachNode): string {
  if (place.kind === "profile") return `profile:${place.id}`;
  return place.kind === "world" ? "world" : place.cidr;
}
