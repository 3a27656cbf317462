import { type IntentId, parseIntentId } from "#policy/intent/intent.ts";

/** One key per intent: two people who write different intents never meet, and one who removes does not rewrite the rest. */
export const INTENT_PREFIX = "/tortie/v1/intent/";

/** Where an intent is stored. */
export function intentKey(id: IntentId): string {
  return `${INTENT_PREFIX}${id}`;
}

/** The intent a key holds; `undefined` for a key that is none. */
export function intentIdOf(key: string): IntentId | undefined {
  return key.startsWith(INTENT_PREFIX) ? parseIntentId(key.slice(INTENT_PREFIX.length)) : undefined;
}
