import { describe, expect, it } from "vitest";
import { applyEdit, applyEdits } from "#policy/edit/apply-edit.ts";
import type { EditError, ProfileEdit } from "#policy/edit/profile-edit.ts";
import { formatRule } from "#policy/grammar/format-rule.ts";
import { parseAnyRule } from "#policy/grammar/parse-rule.ts";
import type { Profile } from "#policy/profile.ts";
import { parseProfileId } from "#policy/profile-id.ts";
import type { Rule } from "#policy/rule.ts";
import { formatRulesValue, parseRulesValue } from "#policy/rules-value.ts";
import { parseTag, type Tag } from "#policy/tag.ts";

function rule(words: string): Rule {
  const parsed = parseAnyRule(words);
  if (!parsed.ok) throw new Error(words);
  return parsed.value;
}

function tag(name: string): Tag {
  const parsed = parseTag(name);
  if (!parsed.ok) throw new Error(name);
  return parsed.value;
}

function profile(inbound: readonly string[], tags: readonly string[] = ["P"]): Profile {
  const id = parseProfileId("P");
  if (!id.ok) throw new Error("P is an id");
  return {
    id: id.value,
    tags: { kind: "valid", value: tags.map(tag) },
    rules: { kind: "valid", value: { inbound: inbound.map(rule), outbound: [rule("deny")] } },
  };
}

function inboundOf({ rules }: Profile): readonly string[] {
  return rules.kind === "valid" ? rules.value.inbound.map(formatRule) : [rules.kind];
}

const ABC = profile(["allow from tag A", "allow from tag B", "allow from tag C"]);
const [A, B, C] = ["allow from tag A", "allow from tag B", "allow from tag C"] as const;
const UDP = rule("allow udp");

describe("an edit of rules", () => {
  it.each<[string, ProfileEdit, readonly string[]]>([
    ["appends without a position", { kind: "insert-rule", direction: "inbound", rule: UDP }, [A, B, C, "allow udp"]],
    ["inserts at the top", { kind: "insert-rule", direction: "inbound", rule: UDP, at: 1 }, ["allow udp", A, B, C]],
    [
      "inserts behind the last",
      { kind: "insert-rule", direction: "inbound", rule: UDP, at: 4 },
      [A, B, C, "allow udp"],
    ],
    ["removes by position", { kind: "remove-rule", direction: "inbound", at: 2 }, [A, C]],
    ["removes by an equal rule", { kind: "remove-equal", direction: "inbound", rule: rule(B) }, [A, C]],
    ["replaces in place", { kind: "replace-rule", direction: "inbound", at: 2, rule: UDP }, [A, "allow udp", C]],
    ["moves down", { kind: "move-rule", direction: "inbound", from: 1, to: 3 }, [B, C, A]],
    ["moves up", { kind: "move-rule", direction: "inbound", from: 3, to: 1 }, [C, A, B]],
    ["moves nowhere", { kind: "move-rule", direction: "inbound", from: 2, to: 2 }, [A, B, C]],
    ["replaces both lists", { kind: "replace-rules", inbound: [UDP], outbound: [] }, ["allow udp"]],
  ])("P40 %s", (_, edit, inbound) => {
    const edited = applyEdit(ABC, edit);
    expect(edited.ok && inboundOf(edited.value)).toEqual(inbound);
  });

  it.each<[string, ProfileEdit, EditError]>([
    ["insert at 0", { kind: "insert-rule", direction: "inbound", rule: UDP, at: 0 }, outOfRange(0)],
    ["insert at 5", { kind: "insert-rule", direction: "inbound", rule: UDP, at: 5 }, outOfRange(5)],
    ["insert at -1", { kind: "insert-rule", direction: "inbound", rule: UDP, at: -1 }, outOfRange(-1)],
    ["insert at 1.5", { kind: "insert-rule", direction: "inbound", rule: UDP, at: 1.5 }, outOfRange(1.5)],
    ["remove at 0", { kind: "remove-rule", direction: "inbound", at: 0 }, outOfRange(0)],
    ["remove at 4", { kind: "remove-rule", direction: "inbound", at: 4 }, outOfRange(4)],
    ["replace at 4", { kind: "replace-rule", direction: "inbound", at: 4, rule: UDP }, outOfRange(4)],
    ["move from 4", { kind: "move-rule", direction: "inbound", from: 4, to: 1 }, outOfRange(4)],
    ["move to 4", { kind: "move-rule", direction: "inbound", from: 1, to: 4 }, outOfRange(4)],
    [
      "insert an equal rule",
      { kind: "insert-rule", direction: "inbound", rule: rule(B) },
      { kind: "rule-already-present", position: 2 },
    ],
    [
      "insert an equal rule at a wrong position",
      { kind: "insert-rule", direction: "inbound", rule: rule(B), at: 99 },
      { kind: "rule-already-present", position: 2 },
    ],
    ["remove what is not there", { kind: "remove-equal", direction: "inbound", rule: UDP }, { kind: "rule-not-found" }],
    [
      "remove from the other list",
      { kind: "remove-equal", direction: "outbound", rule: rule(B) },
      { kind: "rule-not-found" },
    ],
  ])("P42 refuses: %s", (_, edit, error) => {
    expect(applyEdit(ABC, edit)).toEqual({ ok: false, error });
  });

  it("P41 equality is that of the canonical form, and the first equal rule goes", () => {
    const before = profile(["allow tcp to ports 80,443", "allow from cidr 10.0.0.0/8", "allow 6 to ports 443,80"]);
    const removed = applyEdit(before, {
      kind: "remove-equal",
      direction: "inbound",
      rule: rule("allow tcp to ports 443,80"),
    });
    expect(removed.ok && inboundOf(removed.value)).toEqual(["allow from cidr 10.0.0.0/8", "allow 6 to ports 443,80"]);
    const present = applyEdit(before, {
      kind: "insert-rule",
      direction: "inbound",
      rule: rule("allow from 10.1.2.3/8"),
    });
    expect(present).toEqual({ ok: false, error: { kind: "rule-already-present", position: 2 } });
  });

  it("P40 leaves the other direction, unknown keys and odd rules byte for byte", () => {
    const text =
      '{"id":"P","inbound_rules":[{"src_net":"10/8","x":null},{"src_tag":"B"}],"outbound_rules":[{"protocol":"6","action":null}]}';
    const before: Profile = { ...ABC, rules: parseRulesValue(text) };
    const edited = applyEdit(before, { kind: "remove-rule", direction: "inbound", at: 2 });
    const rules = edited.ok && edited.value.rules;
    expect(rules && rules.kind === "valid" && formatRulesValue(rules.value)).toBe(text.replace(',{"src_tag":"B"}', ""));
    expect(edited.ok && edited.value.tags).toBe(before.tags);
  });

  it("P40 replacing all rules keeps unknown top-level keys", () => {
    const before: Profile = { ...ABC, rules: parseRulesValue('{"id":"P","inbound_rules":[],"outbound_rules":[]}') };
    const edited = applyEdit(before, { kind: "replace-rules", inbound: [UDP], outbound: [] });
    expect(edited.ok && edited.value.rules).toMatchObject({ kind: "valid", value: { extra: { id: "P" } } });
  });

  it("P43 the value before is not touched", () => {
    const before = JSON.stringify(ABC);
    applyEdit(ABC, { kind: "move-rule", direction: "inbound", from: 1, to: 3 });
    applyEdit(ABC, { kind: "remove-rule", direction: "inbound", at: 1 });
    expect(JSON.stringify(ABC)).toBe(before);
  });

  it("P45 rules stored invalid can be replaced, not edited; tags still can", () => {
    const broken: Profile = { ...ABC, rules: parseRulesValue('{"inbound_rules":[{"dst_ports":["80"]}]}') };
    expect(applyEdit(broken, { kind: "insert-rule", direction: "inbound", rule: UDP })).toEqual({
      ok: false,
      error: { kind: "stored-invalid", leaf: "rules" },
    });
    const replaced = applyEdit(broken, { kind: "replace-rules", inbound: [UDP], outbound: [] });
    expect(replaced.ok && inboundOf(replaced.value)).toEqual(["allow udp"]);
    expect(applyEdit(broken, { kind: "add-tag", tag: tag("NEW") }).ok).toBe(true);
  });

  it("P45 editing rules that are missing creates them", () => {
    const edited = applyEdit(
      { ...ABC, rules: { kind: "missing" } },
      { kind: "insert-rule", direction: "inbound", rule: UDP },
    );
    expect(edited.ok && edited.value.rules).toEqual({ kind: "valid", value: { inbound: [UDP], outbound: [] } });
  });

  function outOfRange(position: number): EditError {
    return { kind: "position-out-of-range", position, ruleCount: 3 };
  }
});

describe("an edit of tags", () => {
  function tagsAfter(held: readonly string[], edit: ProfileEdit) {
    const edited = applyEdit(profile([], held), edit);
    if (!edited.ok) return edited.error;
    return edited.value.tags.kind === "valid" ? edited.value.tags.value : edited.value.tags;
  }

  it("P46 adds at the end and removes every copy", () => {
    expect(tagsAfter(["WEB"], { kind: "add-tag", tag: tag("APP_7890") })).toEqual(["WEB", "APP_7890"]);
    expect(tagsAfter(["A", "B", "A"], { kind: "remove-tag", tag: tag("A") })).toEqual(["B"]);
    expect(tagsAfter(["A"], { kind: "replace-tags", tags: [tag("X"), tag("Y")] })).toEqual(["X", "Y"]);
  });

  it("P46 what is so already, and what is not there, is refused", () => {
    expect(tagsAfter(["A"], { kind: "add-tag", tag: tag("A") })).toEqual({ kind: "tag-already-held", tag: "A" });
    expect(tagsAfter(["A"], { kind: "remove-tag", tag: tag("a") })).toEqual({ kind: "tag-not-held", tag: "a" });
  });

  it("P46 tags stored invalid can be replaced, not edited; missing tags are created", () => {
    const broken: Profile = { ...ABC, tags: { kind: "invalid", text: "7", issues: [] } };
    expect(applyEdit(broken, { kind: "add-tag", tag: tag("A") })).toEqual({
      ok: false,
      error: { kind: "stored-invalid", leaf: "tags" },
    });
    expect(applyEdit(broken, { kind: "replace-tags", tags: [] }).ok).toBe(true);
    const missing = applyEdit({ ...ABC, tags: { kind: "missing" } }, { kind: "add-tag", tag: tag("A") });
    expect(missing.ok && missing.value.tags).toEqual({ kind: "valid", value: ["A"] });
  });
});

describe("several edits", () => {
  it("P43 are applied in order, each on what the one before left", () => {
    const edited = applyEdits(ABC, [
      { kind: "remove-rule", direction: "inbound", at: 1 },
      { kind: "insert-rule", direction: "inbound", rule: UDP, at: 1 },
      { kind: "add-tag", tag: tag("X") },
    ]);
    expect(edited.ok && inboundOf(edited.value)).toEqual(["allow udp", B, C]);
  });

  it("P43 change nothing when one of them fails, and say which", () => {
    const edited = applyEdits(ABC, [
      { kind: "remove-rule", direction: "inbound", at: 1 },
      { kind: "remove-rule", direction: "inbound", at: 3 },
    ]);
    expect(edited).toEqual({
      ok: false,
      error: { index: 1, error: { kind: "position-out-of-range", position: 3, ruleCount: 2 } },
    });
  });
});
