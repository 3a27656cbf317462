import { describeEditError } from "#policy/edit/describe-edit.ts";
import type { Refusal } from "#web/actions/answers.ts";
import { describeWriteFailure } from "./describe-write-failure.ts";

/** Why nothing was written, as the detail line of a message. */
export function describeRefusal(refusal: Refusal): string {
  switch (refusal.kind) {
    case "not-found":
      return "The profile was removed meanwhile.";
    case "conflict":
      return "Someone else saved meanwhile.";
    case "edit-refused":
      return describeEditError(refusal.error);
    case "in-use":
      return `Endpoints use it: ${refusal.endpoints.join(", ")}`;
    default:
      return describeWriteFailure(refusal).detail;
  }
}
