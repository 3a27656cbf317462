import { type CommandResult, refused } from "#cli/command-result.ts";
import { describeRefusal } from "#cli/print/describe-refusal.ts";
import type { AddEndpointRefusal } from "#operations/add-endpoint.ts";
import type { AssignProfilesRefusal } from "#operations/assign-profiles.ts";
import type { EndpointNotFound } from "#operations/find-endpoint.ts";
import { describeIssue } from "#policy/describe-issue.ts";
import { assertNever } from "#prelude/assert-never.ts";

type Refusal = AddEndpointRefusal | AssignProfilesRefusal | EndpointNotFound;

/** The words and the exit code for an endpoint command that changed nothing. */
export function describeEndpointRefusal(refusal: Refusal): CommandResult {
  switch (refusal.kind) {
    case "endpoint-not-found":
      return refused(refusal, [`Endpoint ${refusal.name} not found.`]);
    case "endpoint-ambiguous":
      return refused(refusal, [
        `More than one endpoint is called ${refusal.name}; give HOST/ORCHESTRATOR/WORKLOAD/ENDPOINT:`,
        ...refusal.keys.map((key) => `  ${key}`),
      ]);
    case "endpoint-exists":
      return refused(refusal, [`Endpoint ${refusal.key} already exists.`]);
    case "endpoint-invalid":
      return "issues" in refusal
        ? refused(refusal, refusal.issues.map(describeIssue))
        : refused(refusal, [`What is stored for endpoint ${refusal.key} is invalid; it can only be removed.`]);
    case "profiles-repeated":
      return refused(
        refusal,
        refusal.profileIds.map((id) => `Profile ${id} is given twice.`),
      );
    case "profiles-unknown":
      return refused(
        refusal,
        refusal.profileIds.map((id) => `Profile ${id} not found.`),
      );
    case "profiles-not-listed":
      return refused(
        refusal,
        refusal.profileIds.map((id) => `Profile ${id} is not in endpoint profile list.`),
      );
    case "conflict":
    case "too-large":
    case "breaks-intents":
      return describeRefusal(refusal);
    default:
      return assertNever(refusal);
  }
}
