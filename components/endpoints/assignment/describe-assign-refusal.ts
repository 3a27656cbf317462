import { describeWriteFailure } from "#components/refusal/describe-write-failure.ts";
import type { AssignRefusal } from "#web/actions/assign-answer.ts";

/** Words for an assignment that was not made: the fact, then the way on. */
export function describeAssignRefusal(refusal: AssignRefusal): { readonly title: string; readonly detail: string } {
  switch (refusal.kind) {
    case "conflict":
      return {
        title: "Not saved: the list changed meanwhile",
        detail:
          "Someone else gave the endpoint other profiles. Discard to see them, then change what is left to change.",
      };
    case "endpoint-not-found":
    case "endpoint-ambiguous":
      return { title: "Not saved: the endpoint is gone", detail: "It was removed, or moved to another host." };
    case "endpoint-invalid":
      return { title: "Not saved: the endpoint cannot be read", detail: "Whoever wrote it has to write it again." };
    case "profiles-unknown":
      return {
        title: `Not saved: ${refusal.profileIds.join(", ")} does not exist`,
        detail: "It was removed meanwhile. Take it off the list, or create it again.",
      };
    case "profiles-repeated":
      return {
        title: `Not saved: ${refusal.profileIds.join(", ")} is listed twice`,
        detail: "A profile that comes a second time is never asked. Remove one of the two.",
      };
    case "profiles-not-listed":
      return { title: `Not saved: ${refusal.profileIds.join(", ")} is not listed`, detail: "Reload the page." };
    default:
      return describeWriteFailure(refusal);
  }
}
