import { expect, it } from "vitest";
import { etcdNeeds, missingNeeds, playgroundNeeds, testNeeds } from "./packages.mjs";

const isPresent = (present: readonly string[]) => (need: { readonly package: string }) =>
  present.includes(need.package);

it("only what is missing is asked for", () => {
  const missing = missingNeeds(playgroundNeeds, isPresent(["iproute2", "coreutils", "iputils-ping"]));
  expect(missing.map((need) => need.package)).toEqual(["iptables", "ipset"]);
});

it("nothing is asked for on a machine that has all", () => {
  expect(missingNeeds(testNeeds, () => true)).toEqual([]);
});

it("a start asks neither for chromium nor for test tools", () => {
  const started = [...playgroundNeeds, ...etcdNeeds].map((need) => need.package);
  expect(started).not.toContain("chromium");
  expect(started).not.toContain("conntrack");
});

it("a program in no folder of the search path is missing", () => {
  expect(missingNeeds([{ package: "x", program: "tortie-no-such-program", why: "" }])).toHaveLength(1);
});
