import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newProfile } from "#policy/new-profile.ts";
import { parseProfileId } from "#policy/profile-id.ts";
import { formatRulesValue, parseRulesValue } from "#policy/rules-value.ts";
import { formatTagsValue, parseTagsValue } from "#policy/tags-value.ts";
import { arbitraryProfileRules } from "#testing/arbitraries.ts";
import { PROPERTY_TIMEOUT } from "#testing/run-count.ts";

describe("the stored rules value", PROPERTY_TIMEOUT, () => {
  it("P14 unknown top-level keys and odd rules come back byte for byte", () => {
    const text =
      '{"id":"P","x":{"y":[1]},"inbound_rules":[{"src_net":"10/8","action":null,"protocol":"6"}],"outbound_rules":[{}]}';
    const leaf = parseRulesValue(text);
    expect(leaf.kind === "valid" && leaf.value.extra).toEqual({ id: "P", x: { y: [1] } });
    expect(leaf.kind === "valid" && formatRulesValue(leaf.value)).toBe(text);
  });

  it("P14 a missing list is empty", () => {
    expect(parseRulesValue('{"inbound_rules":[]}')).toEqual({ kind: "valid", value: { inbound: [], outbound: [] } });
  });

  it.each([
    ["", "not-json"],
    ["{", "not-json"],
    ["NaN", "not-json"],
    ["null", "wrong-type"],
    ["[]", "wrong-type"],
    ['{"inbound_rules":null}', "wrong-type"],
    ['{"inbound_rules":{}}', "wrong-type"],
    ["[".repeat(200_000), "too-deep"],
    [`{"inbound_rules":[],"x":${"[".repeat(5000)}${"]".repeat(5000)}}`, "too-deep"],
  ])("P14 the text %.30s is invalid and kept", (text, kind) => {
    expect(parseRulesValue(text)).toMatchObject({ kind: "invalid", text, issues: [{ kind }] });
  });

  it("P14 one bad rule voids both directions, and every bad one is named", () => {
    const leaf = parseRulesValue('{"inbound_rules":[{},{"action":"x"}],"outbound_rules":[{"src_tag":""}]}');
    expect(leaf.kind === "invalid" && leaf.issues.map(({ path }) => path)).toEqual([
      ["inbound_rules", 1, "action"],
      ["outbound_rules", 0, "src_tag"],
    ]);
  });

  it("P14 what is written is read back the same, and writing it again gives the same bytes", () => {
    fc.assert(
      fc.property(arbitraryProfileRules(), (rules) => {
        const text = formatRulesValue(rules);
        const leaf = parseRulesValue(text);
        expect(leaf).toEqual({ kind: "valid", value: rules });
        expect(leaf.kind === "valid" && formatRulesValue(leaf.value)).toBe(text);
      }),
    );
  });

  it("P14 any text is read or kept as invalid", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: "binary" })), (text) => {
        expect(["valid", "invalid"]).toContain(parseRulesValue(text).kind);
        expect(["valid", "invalid"]).toContain(parseTagsValue(text).kind);
      }),
    );
  });
});

describe("the stored tags value", () => {
  it("P15 keeps the order in which tags were added, repeated ones too", () => {
    const leaf = parseTagsValue('["WEB","APP_7890","WEB"]');
    expect(leaf).toEqual({ kind: "valid", value: ["WEB", "APP_7890", "WEB"] });
    expect(leaf.kind === "valid" && formatTagsValue(leaf.value)).toBe('["WEB","APP_7890","WEB"]');
  });

  it("P15 one bad tag voids the list, and every bad one is named", () => {
    const leaf = parseTagsValue('["A","a b",3,"B\\n"]');
    expect(leaf.kind === "invalid" && leaf.issues.map(({ path, kind }) => `${path.join()} ${kind}`)).toEqual([
      "1 bad-name",
      "2 wrong-type",
      "3 bad-name",
    ]);
  });
});

describe("a new profile", () => {
  it("P17 holds its own tag, admits its holders and lets everything out", () => {
    const id = parseProfileId("WEB");
    if (!id.ok) throw new Error("WEB is an id");
    expect(newProfile(id.value)).toEqual({
      id: "WEB",
      tags: { kind: "valid", value: ["WEB"] },
      rules: {
        kind: "valid",
        value: { inbound: [{ action: "allow", src_tag: "WEB" }], outbound: [{ action: "allow" }] },
      },
    });
  });
});
