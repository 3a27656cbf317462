import { isName } from "#policy/name.ts";
import type { Traffic } from "#policy/traffic.ts";
import type { Brand } from "#prelude/brand.ts";

/** What an intent is stored under; never shown to people. */
export type IntentId = Brand<string, "IntentId">;

/** A promise about the whole policy: this place must, or must not, reach that one with this. */
export type Intent = {
  readonly must: "reach" | "not-reach";
  /** Places with their kind said (`profile:WEB`), so that they mean the same in any state. */
  readonly from: string;
  readonly to: string;
  /** `reach` asks for all of it, `not-reach` forbids any of it. */
  readonly traffic: Traffic;
};

const MAX_ID = 64;

/** Accepts an intent's id. */
export function parseIntentId(text: string): IntentId | undefined {
  return isName(text) && text.length <= MAX_ID ? (text as IntentId) : undefined;
}
