import { describeEditError } from "#policy/edit/describe-edit.ts";
import { assertNever } from "#prelude/assert-never.ts";
import type { ImportRefusal } from "#web/actions/import-answer.ts";
import { formatBytes } from "./source/format-bytes.ts";

/** Words for an import that was not made: the fact, then the way on. */
export function describeRefusal(refusal: ImportRefusal): { readonly title: string; readonly detail: string } {
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
    case "too-large":
      return {
        title: "Not saved: one transaction cannot hold it",
        detail: `It needs ${formatBytes(refusal.bytes)} of ${formatBytes(refusal.maxBytes)} and ${refusal.operations} of ${refusal.maxOperations} operations. Raise --max-request-bytes or --max-txn-ops of etcd, or import fewer files at once.`,
      };
    case "unavailable":
      return {
        title: "Not known to be saved: there was no answer",
        detail: `${refusal.detail} Applying again is safe: a change that did arrive is not made twice.`,
      };
    case "invalid-request":
      return { title: "Not saved: the board could not read the request", detail: "Reload the page and try again." };
    default:
      return assertNever(refusal);
  }
}
