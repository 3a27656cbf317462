import { describe, expect, it } from "vitest";
import { formatEndpointValue, parseEndpointValue } from "#policy/endpoint-value.ts";
import { parseEndpoint } from "#policy/parse-endpoint.ts";

const VALID = { state: "active", name: "cali1234", profile_ids: ["P"], ipv4_nets: ["10.0.0.1/32"], ipv6_nets: [] };

function issues(fields: Readonly<Record<string, unknown>>): readonly string[] {
  const parsed = parseEndpoint({ ...VALID, ...fields });
  return parsed.ok ? [] : parsed.error.map(({ kind, path }) => `${path.join(".")} ${kind}`);
}

describe("an endpoint value", () => {
  it("E13 keeps the order of its profiles, and repeated ones", () => {
    const parsed = parseEndpoint({ ...VALID, profile_ids: ["B", "A", "B"] });
    expect(parsed.ok && parsed.value.profileIds).toEqual(["B", "A", "B"]);
  });

  it("E13 takes the old profile_id where there is no list, and ignores it where there is one", () => {
    const { profile_ids: _ids, ...old } = VALID;
    const legacy = parseEndpoint({ ...old, profile_id: "X" });
    expect(legacy.ok && legacy.value.profileIds).toEqual(["X"]);
    const both = parseEndpoint({ ...VALID, profile_id: 7 });
    expect(both.ok && both.value.profileIds).toEqual(["P"]);
    expect(parseEndpoint({ ...old, profile_id: "a b" }).ok).toBe(false);
  });

  it("E13 without profiles and addresses is valid and holds none", () => {
    const parsed = parseEndpoint({ state: "inactive", name: "cali1" });
    expect(parsed.ok && parsed.value).toMatchObject({ profileIds: [], ipv4Nets: [], ipv6Nets: [] });
  });

  it.each([
    ["ee:ee:ee:ee:ee:01", "ee:ee:ee:ee:ee:01"],
    ["EE-EE-EE-EE-EE-01", "ee:ee:ee:ee:ee:01"],
    ["eeee.eeee.ee01", "ee:ee:ee:ee:ee:01"],
    ["eeeeeeeeee01", "ee:ee:ee:ee:ee:01"],
    ["e:e:e:e:e:1", "0e:0e:0e:0e:0e:01"],
  ])("E13 reads the MAC %s", (mac, canonical) => {
    const parsed = parseEndpoint({ ...VALID, mac });
    expect(parsed.ok && parsed.value.mac).toBe(canonical);
  });

  it("E13 uses an address as written and knows the block it names", () => {
    const parsed = parseEndpoint({ ...VALID, ipv4_nets: ["10.0.5.7/24", "10.0.0.1"], ipv6_nets: ["FD00::1"] });
    if (!parsed.ok) throw new Error("invalid");
    expect(parsed.value.ipv4Nets.map((net) => [net.addressText, net.cidr.text])).toEqual([
      ["10.0.5.7", "10.0.5.0/24"],
      ["10.0.0.1", "10.0.0.1/32"],
    ]);
    expect(parsed.value.ipv6Nets.map((net) => net.addressText)).toEqual(["fd00::1"]);
  });

  it.each([
    ["no state", { state: undefined }, " missing-key"],
    ["an unknown state", { state: "Active" }, "state bad-state"],
    ["a null state", { state: null }, "state bad-state"],
    ["no name", { name: undefined }, " missing-key"],
    ["a name of 16 characters", { name: "cali567890123456" }, "name bad-name"],
    ["a name with a slash", { name: "cali/1" }, "name bad-name"],
    ["a name with a newline", { name: "cali1\n" }, "name bad-name"],
    ["a null MAC", { mac: null }, "mac bad-mac"],
    ["a MAC of five parts", { mac: "ee:ee:ee:ee:ee" }, "mac bad-mac"],
    ["null profile_ids", { profile_ids: null }, "profile_ids wrong-type"],
    ["profile_ids as a text", { profile_ids: "P" }, "profile_ids wrong-type"],
    ["a profile id that is a number", { profile_ids: ["P", 3] }, "profile_ids.1 wrong-type"],
    ["an IPv4 net in ipv6_nets", { ipv6_nets: ["10.0.0.1"] }, "ipv6_nets.0 bad-cidr"],
    ["a net that is a number", { ipv4_nets: [7] }, "ipv4_nets.0 bad-cidr"],
    ["a gateway of the other family", { ipv4_gateway: "fd00::1" }, "ipv4_gateway bad-address"],
    ["a gateway with a prefix", { ipv6_gateway: "fd00::1/64" }, "ipv6_gateway bad-address"],
    ["labels that are a list", { labels: [] }, "labels wrong-type"],
    ["a NAT map without its outside", { ipv4_nat: [{ int_ip: "10.0.0.1" }] }, "ipv4_nat.0.ext_ip bad-address"],
    ["an address only host endpoints have", { expected_ipv4_addrs: [] }, "expected_ipv4_addrs unknown-key"],
  ])("E13 with %s is invalid, and says where", (_what, fields, issue) => {
    expect(issues(fields)).toEqual([issue]);
  });

  it("E13 reports every issue at once", () => {
    expect(issues({ state: "on", mac: "?", ipv4_nets: ["x", "10.0.0.1", "y"] })).toEqual([
      "state bad-state",
      "mac bad-mac",
      "ipv4_nets.0 bad-cidr",
      "ipv4_nets.2 bad-cidr",
    ]);
  });

  it("E13 checks the interface prefix only where prefixes are given", () => {
    expect(parseEndpoint({ ...VALID, name: "tap7" }).ok).toBe(true);
    expect(parseEndpoint({ ...VALID, name: "tap7" }, { interfacePrefixes: ["cali"] }).ok).toBe(false);
    expect(parseEndpoint({ ...VALID, name: "tap7" }, { interfacePrefixes: ["cali", "tap"] }).ok).toBe(true);
  });

  it("E13 keeps unknown fields and every spelling when it is written back", () => {
    const text =
      '{"name":"cali1","x":{"y":[1]},"state":"active","mac":"EE-EE-EE-EE-EE-01","ipv4_nets":["10.0.5.7/24"]}';
    const parsed = parseEndpointValue(text);
    expect(parsed.kind === "valid" && formatEndpointValue(parsed.value)).toBe(text);
  });

  it.each(["", "{", "null", "[]", "7", '"active"'])("E13 the value %j is invalid and kept as text", (text) => {
    expect(parseEndpointValue(text)).toMatchObject({ kind: "invalid", text });
  });
});
