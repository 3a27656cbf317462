import { describe, expect, it } from "vitest";
import { parseProfileEdit } from "#policy/edit/parse-profile-edit.ts";

const ICMP_255 = { protocol: "icmp", icmp_type: 255 };

describe("edits from outside", () => {
  it.each([
    { kind: "insert-rule", direction: "inbound", rule: { action: "allow" }, at: 1 },
    { kind: "insert-rule", direction: "outbound", rule: { src_net: "10/8" } },
    { kind: "remove-rule", direction: "inbound", at: 3 },
    { kind: "remove-equal", direction: "inbound", rule: ICMP_255 },
    { kind: "replace-rule", direction: "inbound", at: 1, rule: {} },
    { kind: "move-rule", direction: "inbound", from: 1, to: 2 },
    { kind: "replace-rules", inbound: [ICMP_255], outbound: [] },
    { kind: "add-tag", tag: "A" },
    { kind: "remove-tag", tag: "A" },
    { kind: "replace-tags", tags: ["A", "B"] },
  ])("P48 $kind is accepted as it is", (edit) => {
    expect(parseProfileEdit(edit)).toEqual({ ok: true, value: edit });
  });

  it("P48 keys that do not belong to an edit do not come through", () => {
    const parsed = parseProfileEdit({ kind: "add-tag", tag: "A", rule: { action: "deny" }, __proto__: null });
    expect(parsed).toEqual({ ok: true, value: { kind: "add-tag", tag: "A" } });
  });

  it.each<[unknown, readonly string[]]>([
    [null, [" wrong-type"]],
    [{}, ["kind wrong-type"]],
    [{ kind: "drop-table" }, ["kind wrong-type"]],
    [{ kind: "insert-rule" }, ["direction wrong-type", "rule wrong-type"]],
    [
      { kind: "insert-rule", direction: "in", rule: { action: "x", dst_ports: [80] }, at: "1" },
      ["direction wrong-type", "rule.action bad-action", "rule.dst_ports ports-need-protocol", "at wrong-type"],
    ],
    [{ kind: "insert-rule", direction: "inbound", rule: ICMP_255 }, ["rule.icmp_type icmp-type-unmatchable"]],
    [
      { kind: "replace-rule", direction: "inbound", rule: { whatever: null } },
      ["rule.whatever unknown-key", "at wrong-type"],
    ],
    [{ kind: "move-rule", direction: "inbound", from: 1.5, to: null }, ["from wrong-type", "to wrong-type"]],
    [
      { kind: "replace-rules", inbound: [{ action: "x" }, 3], outbound: null },
      ["inbound.0.action bad-action", "inbound.1 wrong-type", "outbound wrong-type"],
    ],
    [{ kind: "add-tag", tag: "a b" }, ["tag bad-name"]],
    [{ kind: "replace-tags", tags: ["A", 7] }, ["tags.1 wrong-type"]],
  ])("P48 %j is refused with every issue", (edit, issues) => {
    const parsed = parseProfileEdit(edit);
    expect(parsed.ok ? [] : parsed.error.map(({ kind, path }) => `${path.join(".")} ${kind}`)).toEqual(issues);
  });
});
