import { describe, expect, it } from "vitest";
import { describeEdit, describeEditError } from "#policy/edit/describe-edit.ts";
import { parseProfileEdit } from "#policy/edit/parse-profile-edit.ts";
import type { EditError } from "#policy/edit/profile-edit.ts";
import { parseTag } from "#policy/tag.ts";

const tag = parseTag("WEB");
if (!tag.ok) throw new Error("WEB is a tag");

describe("the wording of edits", () => {
  it.each([
    [{ kind: "insert-rule", direction: "inbound", rule: { protocol: "tcp" }, at: 2 }, "Add inbound 2: allow tcp"],
    [{ kind: "insert-rule", direction: "outbound", rule: {} }, "Add outbound: allow"],
    [{ kind: "remove-rule", direction: "inbound", at: 3 }, "Remove inbound 3"],
    [{ kind: "remove-equal", direction: "inbound", rule: { src_tag: "A" } }, "Remove inbound: allow from tag A"],
    [{ kind: "replace-rule", direction: "inbound", at: 1, rule: { action: "deny" } }, "Change inbound 1 to deny"],
    [{ kind: "move-rule", direction: "inbound", from: 5, to: 2 }, "Move inbound 5 to position 2"],
    [{ kind: "replace-rules", inbound: [{}], outbound: [] }, "Replace all rules: 1 rule inbound, 0 rules outbound"],
    [{ kind: "add-tag", tag: "A" }, "Add tag A"],
    [{ kind: "remove-tag", tag: "A" }, "Remove tag A"],
    [{ kind: "replace-tags", tags: ["A", "B"] }, "Replace all tags: A, B"],
    [{ kind: "replace-tags", tags: [] }, "Remove all tags"],
  ])("P52 %j", (value, text) => {
    const edit = parseProfileEdit(value);
    expect(edit.ok && describeEdit(edit.value)).toBe(text);
  });

  it.each<[EditError, string]>([
    [{ kind: "position-out-of-range", position: 9, ruleCount: 2 }, "Position 9 is out-of-range. The list has 2 rules."],
    [{ kind: "position-out-of-range", position: 0, ruleCount: 1 }, "Position 0 is out-of-range. The list has 1 rule."],
    [{ kind: "rule-not-found" }, "Rule not found. No rule of this list is equal to it."],
    [{ kind: "rule-already-present", position: 1 }, "Rule already present at position 1."],
    [{ kind: "tag-not-held", tag: tag.value }, "Tag WEB is not on the profile."],
    [{ kind: "tag-already-held", tag: tag.value }, "Tag WEB is already on the profile."],
    [
      { kind: "stored-invalid", leaf: "rules" },
      "The stored rules are invalid and cannot be edited. Replace them as a whole.",
    ],
  ])("P52 %j", (error, text) => {
    expect(describeEditError(error)).toBe(text);
  });
});
