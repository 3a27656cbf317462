import { describeWriteFailure } from "#components/refusal/describe-write-failure.ts";
import type { RenameRefusal } from "#web/actions/rename-answer.ts";

/** `held by 2 profiles, named by 1 rule`. */
export function countUses(holders: number, rules: number): string {
  const parts = [
    holders === 0 ? "" : `held by ${holders === 1 ? "1 profile" : `${holders} profiles`}`,
    rules === 0 ? "" : `named by ${rules === 1 ? "1 rule" : `${rules} rules`}`,
  ];
  return parts.filter((part) => part !== "").join(", ") || "not in use";
}

/** Why a tag was not renamed. */
export function describeRenameRefusal(refusal: RenameRefusal): string {
  switch (refusal.kind) {
    case "tag-not-known":
      return `${refusal.tag} is not in use any more: someone else renamed or removed it.`;
    case "tag-in-use":
      return `${refusal.tag} is ${countUses(refusal.holders, refusal.rules)}. Renaming onto it would merge the two and let holders of each in where the other is admitted.`;
    case "reach-changes":
      return `Refused: ${refusal.pairs === 1 ? "1 pair" : `${refusal.pairs} pairs`} would reach something else than before.`;
    case "conflict":
      return "Others keep saving the same profiles. Try again.";
    default:
      return describeWriteFailure(refusal).detail;
  }
}
