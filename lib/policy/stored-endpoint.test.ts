import { describe, expect, it } from "vitest";
import { endpointOnDemand, keptEndpoint } from "#policy/stored-endpoint.ts";

const VALID = JSON.stringify({ state: "active", name: "cali1", profile_ids: ["P"], ipv4_nets: ["10.0.0.1/32"] });

describe("an endpoint's entry", () => {
  it.each([
    ["valid", "h1/o/w/e", VALID],
    ["invalid", "h1/o/w/e", '{"state":"on"}'],
    ["no JSON", "h1/o/w/e", "{"],
    ["of a bad name", "h1/o/w/e!", VALID],
    ["of a bad name and invalid", "h1/o/w/e!", "7"],
  ])("that is %s says the same, kept or read on demand", (_what, path, text) => {
    const [kept, read] = [keptEndpoint(path, text), endpointOnDemand(path, text)];
    expect([read.key, read.value]).toEqual([kept.key, kept.value]);
  });

  it("that is stored again as it was is the same object, and another one otherwise", () => {
    const before = endpointOnDemand("h1/o/w/e", VALID);
    expect(endpointOnDemand("h1/o/w/e", VALID, before)).toBe(before);
    expect(endpointOnDemand("h1/o/w/e", "{}", before)).not.toBe(before);
    expect(endpointOnDemand("h1/o/w/f", VALID, before)).not.toBe(before);
  });
});
