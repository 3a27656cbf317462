import { describe, expect, it } from "vitest";
import { dispatchChainName, endpointChainName, FRAME, profileChainName } from "#dataplane/desired/names/chain-names.ts";
import { setName } from "#dataplane/desired/names/set-names.ts";
import { type ProfileId, parseProfileId } from "#policy/profile-id.ts";
import { parseTag, type Tag } from "#policy/tag.ts";

const MAX_CHAIN = 28;
const MAX_SET = 31;

function id(text: string): ProfileId {
  const parsed = parseProfileId(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
}

function tag(text: string): Tag {
  const parsed = parseTag(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
}

/** Ids as one orchestrator makes them: a long shared prefix and a number. */
const ids = Array.from({ length: 100_000 }, (_, index) => `openstack-sg-7f3c9b2e-41d0-${index}`);

describe("names in the kernel", () => {
  it("short names are readable", () => {
    expect(profileChainName(id("WEB"), "inbound")).toBe("tortie-pi-WEB");
    expect(endpointChainName([id("WEB")], "outbound")).toBe("tortie-eo-WEB");
    expect(setName(4, "a", tag("APP_7890"))).toBe("tortie-4a-APP_7890");
    expect(dispatchChainName("", "outbound")).toBe("tortie-from");
  });

  it("100,000 ids with a long shared prefix get 100,000 chains and sets that fit", () => {
    const chains = new Set(ids.map((text) => profileChainName(id(text), "inbound")));
    const sets = new Set(ids.map((text) => setName(6, "b", tag(text))));
    expect([chains.size, sets.size]).toEqual([ids.length, ids.length]);
    expect(Math.max(...[...chains].map((name) => name.length))).toBeLessThanOrEqual(MAX_CHAIN);
    expect(Math.max(...[...sets].map((name) => name.length))).toBeLessThanOrEqual(MAX_SET);
  }, 120_000);

  it("a list's chain depends on the order and on nothing that joins two ids", () => {
    const names = [["A", "B"], ["B", "A"], ["A.B"], ["AB"], ["A", "B", "B"]].map((list) =>
      endpointChainName(list.map(id), "inbound"),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it("a list's chain is never the chain of an id that looks like its hash", () => {
    const list = endpointChainName([id("A"), id("B")], "inbound");
    expect(endpointChainName([id(list.replace("tortie-ei-", ""))], "inbound")).not.toBe(list);
  });

  it("the longest interface name fits behind a dispatch chain's own", () => {
    expect(dispatchChainName("cali01234567890", "outbound").length).toBeLessThanOrEqual(MAX_CHAIN);
  });

  it("the frame's chains are no profile's, no list's and no interface's", () => {
    for (const name of Object.values(FRAME)) expect(name).not.toMatch(/^tortie-(p[io]|e[io]|from|to)-/);
  });
});
