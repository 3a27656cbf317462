import type { ReachQuestion } from "#analysis/question/reach/reach-question.ts";
import { formatTraffic } from "#analysis/question/reach/traffic-text.ts";

/** The address of the Check page with this question asked. */
export function checkHref({ from, to, traffic }: ReachQuestion): string {
  const query = new URLSearchParams({ from, to });
  const on = formatTraffic(traffic);
  if (on !== "") query.set("on", on);
  return `/check?${query.toString()}`;
}

/** The same with the dialog open that keeps the answer as an intent. */
export function newIntentHref(question: ReachQuestion): string {
  return `${checkHref(question)}&keep=intent`;
}
