import { describe, expect, it } from "vitest";
import { isSavedAs, parseSavedSets } from "#dataplane/actual/parse-saved-sets.ts";

const HEADER = "hash:ip family inet6 hashsize 1024 maxelem 100 bucketsize 12 initval 0x1";
const saved = (...members: readonly string[]) =>
  `create tortie-6a-A ${HEADER}\n${members.map((member) => `add tortie-6a-A ${member}\n`).join("")}`;
const set = parseSavedSets(saved("fd00::1", "fd00::2")).get("tortie-6a-A") ?? {
  family: 4,
  maxSetSize: 0,
  members: new Set(),
};

describe("what was saved of a set", () => {
  it("is known by its members in any order", () => {
    expect(isSavedAs(saved("fd00::2", "fd00::1"), set)).toBe(true);
  });

  it.each([
    ["a member less", saved("fd00::1")],
    ["a member more", saved("fd00::1", "fd00::2", "fd00::3")],
    ["another member", saved("fd00::1", "fd00::3")],
    ["another spelling, which only a parse understands", saved("fd00::1", "fd00:0::2")],
    ["a member with an option", saved("fd00::1", "fd00::2 timeout 3")],
    ["another size", saved("fd00::1", "fd00::2").replace("maxelem 100", "maxelem 101")],
    ["another type", saved("fd00::1", "fd00::2").replace("hash:ip", "hash:net")],
    ["another family", saved("fd00::1", "fd00::2").replace("inet6", "inet")],
    ["a line of another set", saved("fd00::1").concat("add tortie-6a-B fd00::2\n")],
    ["a line that is cut off", saved("fd00::1", "fd00::2").slice(0, -1)],
  ])("is not the same with %s", (_, text) => {
    expect(isSavedAs(text, set)).toBe(false);
  });
});
