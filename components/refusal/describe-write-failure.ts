import { describeBrokenIntents } from "#analysis/intents/describe-intent.ts";
import { formatBytes } from "#components/rule-import/source/format-bytes.ts";
import { describeIssue } from "#policy/describe-issue.ts";
import { assertNever } from "#prelude/assert-never.ts";
import type { Refusal } from "#web/actions/answers.ts";

/** What can keep any write from being made, whatever it was about. */
export type WriteFailure = Extract<
  Refusal,
  { readonly kind: "too-large" | "breaks-intents" | "unavailable" | "invalid-request" }
>;

/** Words for a write that was not made: the fact, then the way on. */
export function describeWriteFailure(failure: WriteFailure): { readonly title: string; readonly detail: string } {
  switch (failure.kind) {
    case "too-large":
      return {
        title: "Not saved: one transaction cannot hold it",
        detail: `It needs ${formatBytes(failure.bytes)} of ${formatBytes(failure.maxBytes)} and ${failure.operations} of ${failure.maxOperations} operations. Raise --max-request-bytes or --max-txn-ops of etcd, or change less at once.`,
      };
    case "breaks-intents":
      return {
        title: `Not saved: this breaks ${failure.intents.length === 1 ? "an intent" : `${failure.intents.length} intents`}`,
        detail: `It breaks ${failure.intents.length === 1 ? "an intent" : "intents"}: ${describeBrokenIntents(failure.intents).join(" ")}`,
      };
    case "unavailable":
      return {
        title: "Not known to be saved: there was no answer",
        detail: `${failure.detail} Whether the change took effect is not known. Saving again is safe: one that did arrive is not made twice.`,
      };
    case "invalid-request":
      return {
        title: "Not saved: the board could not read the request",
        detail: `${failure.issues.map(describeIssue).join(" ")} Reload the page and try again.`,
      };
    default:
      return assertNever(failure);
  }
}
