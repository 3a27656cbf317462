import type { PlaceProblem } from "#analysis/question/parse-place.ts";
import { assertNever } from "#prelude/assert-never.ts";

/** A place that cannot be asked about, in words. */
export function describePlaceProblem(problem: PlaceProblem): string {
  switch (problem.kind) {
    case "empty-place":
      return "a place is missing: endpoint:NAME, profile:ID, host:NAME, world, an address or a CIDR";
    case "unknown-endpoint":
      return `there is no endpoint ${problem.name}`;
    case "ambiguous-endpoint":
      return `several endpoints are named ${problem.name}; say which: ${problem.keys.map((key) => `endpoint:${key}`).join(", ")}`;
    case "unknown-profile":
      return `there is no profile ${problem.id}`;
    case "unknown-host":
      return `there is no host ${problem.name}`;
    case "unknown-place":
      return `${problem.text} is no endpoint, profile, address or CIDR`;
    default:
      return assertNever(problem);
  }
}
