import type { EditError, ProfileEdit } from "#policy/edit/profile-edit.ts";
import { formatRule } from "#policy/grammar/format-rule.ts";
import { showHidden } from "#policy/wording/show-text.ts";
import { assertNever } from "#prelude/assert-never.ts";

/** One edit in words, for a save's summary and the journal. */
export function describeEdit(edit: ProfileEdit): string {
  switch (edit.kind) {
    case "insert-rule":
      return `Add ${edit.direction}${edit.at === undefined ? "" : ` ${edit.at}`}: ${formatRule(edit.rule)}`;
    case "remove-rule":
      return `Remove ${edit.direction} ${edit.at}`;
    case "remove-equal":
      return `Remove ${edit.direction}: ${formatRule(edit.rule)}`;
    case "replace-rule":
      return `Change ${edit.direction} ${edit.at} to ${formatRule(edit.rule)}`;
    case "move-rule":
      return `Move ${edit.direction} ${edit.from} to position ${edit.to}`;
    case "replace-rules":
      return `Replace all rules: ${countRules(edit.inbound.length)} inbound, ${countRules(edit.outbound.length)} outbound`;
    case "add-tag":
      return `Add tag ${edit.tag}`;
    case "remove-tag":
      return `Remove tag ${edit.tag}`;
    case "replace-tags":
      return edit.tags.length === 0 ? "Remove all tags" : `Replace all tags: ${edit.tags.join(", ")}`;
    case "park-rule":
      return `Park ${edit.direction} ${edit.at}`;
    case "restore-rule":
      return `Restore ${edit.direction} ${edit.at}: ${formatRule(edit.rule)}`;
    case "remove-parked":
      return `Remove parked ${edit.direction}: ${formatRule(edit.rule)}`;
    case "comment-rule":
      return describeComment(`${edit.direction} ${edit.at}`, edit.text);
    case "comment-parked":
      return describeComment(`parked ${edit.direction} ${formatRule(edit.rule)}`, edit.text);
    case "replace-sidecar":
      return "Replace all comments and parked rules";
    default:
      return assertNever(edit);
  }
}

function describeComment(place: string, text: string): string {
  return text === "" ? `Remove the comment of ${place}` : `Comment ${place}: ${showHidden(text)}`;
}

/** Why an edit was refused; begins with the words of the classic tool where it had some (policy-model 3.2). */
export function describeEditError(error: EditError): string {
  switch (error.kind) {
    case "position-out-of-range":
      return `Position ${error.position} is out-of-range. The list has ${countRules(error.ruleCount)}.`;
    case "rule-not-found":
      return "Rule not found. No rule of this list is equal to it.";
    case "rule-already-present":
      return `Rule already present at position ${error.position}.`;
    case "tag-not-held":
      return `Tag ${error.tag} is not on the profile.`;
    case "tag-already-held":
      return `Tag ${error.tag} is already on the profile.`;
    case "stored-invalid":
      return error.leaf === "sidecar"
        ? "The stored comments and parked rules are invalid and cannot be edited. Replace them as a whole."
        : `The stored ${error.leaf} are invalid and cannot be edited. Replace them as a whole.`;
    default:
      return assertNever(error);
  }
}

function countRules(count: number): string {
  return count === 1 ? "1 rule" : `${count} rules`;
}
