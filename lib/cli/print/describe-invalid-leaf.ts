import { describeIssue } from "#policy/describe-issue.ts";
import type { Leaf } from "#policy/profile.ts";

/** Why a stored value counts for nothing, one line a reason, for standard error. */
export function describeInvalidLeaf(
  what: "tags" | "rules",
  leaf: Extract<Leaf<unknown>, { readonly kind: "invalid" }>,
): readonly string[] {
  const effect = what === "tags" ? "the profile gives no tags" : "what reaches the profile is dropped";
  return [`The stored ${what} are invalid, so ${effect}:`, ...leaf.issues.map((issue) => `  ${describeIssue(issue)}`)];
}
