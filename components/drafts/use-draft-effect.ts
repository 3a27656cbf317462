import type { ProfileView } from "./draft.ts";
import type { DraftEffect } from "./draft-effect.ts";

/** What the draft would open and close; `undefined` while it is not known. */
export function useDraftEffect(_view: ProfileView | undefined): DraftEffect | undefined {
  return undefined;
}
