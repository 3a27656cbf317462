import type { DraftEffect } from "../draft-effect.ts";

/** The effect of one step in a few words: the pair when there is one, the count when there are more. */
export function effectSentence({ opens, closes }: DraftEffect): string {
  if (opens.length === 0 && closes.length === 0) return "No change to what is reachable.";
  const parts = [
    ...(opens.length > 0 ? [`opens ${pairWords(opens)}`] : []),
    ...(closes.length > 0 ? [`closes ${pairWords(closes)}`] : []),
  ];
  const sentence = parts.join(", ");
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

/** For a label at the drop line: the same, shorter. */
export function effectLabel({ opens, closes }: DraftEffect): string {
  if (opens.length === 0 && closes.length === 0) return "nothing changes";
  return [
    ...(opens.length > 0 ? [`opens ${pairWords(opens)}`] : []),
    ...(closes.length > 0 ? [`closes ${pairWords(closes)}`] : []),
  ].join(", ");
}

function pairWords(pairs: DraftEffect["opens"]): string {
  const [first] = pairs;
  if (first === undefined) return "nothing";
  return pairs.length === 1 ? `${first.from} → ${first.to} ${first.what}` : `${pairs.length} pairs`;
}
