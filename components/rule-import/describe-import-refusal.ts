import { describeWriteFailure } from "#components/refusal/describe-write-failure.ts";
import { describeEditError } from "#policy/edit/describe-edit.ts";
import type { ImportRefusal } from "#web/actions/import-answer.ts";

/** Words for an import that was not made: the fact, then the way on. */
export function describeImportRefusal(refusal: ImportRefusal): { readonly title: string; readonly detail: string } {
  switch (refusal.kind) {
    case "conflict":
      return {
        title: `Not saved: ${refusal.profiles.join(", ") || "a profile"} changed meanwhile`,
        detail: "The effect now shows your file against the newest rules. Your file and note are kept.",
      };
    case "rules-invalid":
      return { title: `Not saved: ${refusal.name} has problems`, detail: "Go back to see them, line by line." };
    case "listed-twice":
      return {
        title: `Not saved: two files go into ${refusal.profileId}`,
        detail: "Remove one of them, or choose another profile for it.",
      };
    case "edit-refused":
      return { title: `Not saved: ${refusal.profileId} refuses it`, detail: describeEditError(refusal.error) };
    default:
      return describeWriteFailure(refusal);
  }
}
