import { describeWriteFailure } from "#components/refusal/describe-write-failure.ts";
import { describeEditError } from "#policy/edit/describe-edit.ts";
import type { ImportRefusal, UndoImportAnswer } from "#web/actions/import-answer.ts";

/** Words for an import that was not made: the fact, then the way on. */
export function describeImportRefusal(refusal: ImportRefusal): { readonly title: string; readonly detail: string } {
  switch (refusal.kind) {
    case "conflict":
      return {
        title: `Not saved: ${refusal.profiles.join(", ") || "a profile"} changed meanwhile`,
        detail: "As soon as the newest rules are here, the effect shows your file on them. File and note are kept.",
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

/** Why an import could not be taken back. */
export function describeUndoRefusal(refusal: Extract<UndoImportAnswer, { readonly ok: false }>["error"]): string {
  switch (refusal.kind) {
    case "conflict":
      return "Someone saved since. What they wrote stands.";
    case "in-use":
      return `Endpoints use what it created: ${refusal.endpoints.join(", ")}`;
    default:
      return describeWriteFailure(refusal).detail;
  }
}
