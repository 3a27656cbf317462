import type { NewlyBroken } from "#analysis/intents/broken-intents.ts";

type Answered = { readonly ok: true } | { readonly ok: false; readonly error: { readonly kind: string } };
type BreaksIntents = { readonly kind: "breaks-intents"; readonly intents: readonly NewlyBroken[] };

/**
 * Makes a write; where the board refuses it because it breaks intents, asks the person and makes it again with their
 * acknowledgement. Who does not want it gets the refusal. Nothing is read for this until it is needed.
 */
export async function acknowledged<Answer extends Answered>(
  write: (acknowledgedIntents: readonly string[]) => Promise<Answer>,
): Promise<Answer> {
  const answer = await write([]);
  if (answer.ok || !isBreaking(answer.error)) return answer;
  const { intents } = answer.error;
  const { askToAcknowledge } = await import("./ask-to-acknowledge.tsx");
  return (await askToAcknowledge(intents)) ? write(intents.map(({ id }) => id)) : answer;
}

function isBreaking(error: { readonly kind: string }): error is BreaksIntents {
  return error.kind === "breaks-intents";
}
