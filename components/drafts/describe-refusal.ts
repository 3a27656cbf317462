import { describeIssue } from "#policy/describe-issue.ts";
import { describeEditError } from "#policy/edit/describe-edit.ts";
import { assertNever } from "#prelude/assert-never.ts";
import type { Refusal } from "#web/actions/answers.ts";

/** Why nothing was written, as the detail line of a message. */
export function describeRefusal(refusal: Refusal): string {
  switch (refusal.kind) {
    case "unavailable":
      return `etcd did not answer (${refusal.detail}). Whether the change took effect is not known; saving again is safe.`;
    case "invalid-request":
      return refusal.issues.map(describeIssue).join(" ");
    case "not-found":
      return "The profile was removed meanwhile.";
    case "conflict":
      return "Someone else saved meanwhile.";
    case "edit-refused":
      return describeEditError(refusal.error);
    case "in-use":
      return `Endpoints use it: ${refusal.endpoints.join(", ")}`;
    case "too-large":
      return `The change has ${refusal.operations} operations and ${refusal.bytes} bytes; etcd takes ${refusal.maxOperations} and ${refusal.maxBytes} (--max-txn-ops, --max-request-bytes).`;
    default:
      return assertNever(refusal);
  }
}
