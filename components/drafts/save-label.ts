import type { DraftEffect } from "./draft-effect.ts";

/** The Save button carries the effect; while that is not known it says only Save. */
export function saveLabel(effect: DraftEffect | undefined): string {
  if (effect === undefined) return "Save";
  const { opens, closes } = effect;
  if (opens.length === 0 && closes.length === 0) return "Save · nothing opens or closes";
  const parts = [opens.length > 0 ? `opens ${opens.length}` : "", closes.length > 0 ? `closes ${closes.length}` : ""];
  return `Save · ${parts.filter((part) => part !== "").join(", ")}`;
}
