import { describe, expect, it } from "vitest";
import { parseAddress } from "#policy/address.ts";
import { cidrContains, formatNet, parseCidr, parseNet } from "#policy/cidr.ts";

describe("networks", () => {
  it.each([
    ["10.0.0.0/8", "10.0.0.0/8", "10.0.0.0/8"],
    ["10/8", "10.0.0.0/8", "10.0.0.0/8"],
    ["10.1/16", "10.1.0.0/16", "10.1.0.0/16"],
    ["10.1.2.3/8", "10.1.2.3/8", "10.0.0.0/8"],
    ["10.0.0.1", "10.0.0.1/32", "10.0.0.1/32"],
    ["0.0.0.0/0", "0.0.0.0/0", "0.0.0.0/0"],
    ["1.2.3.4/0", "1.2.3.4/0", "0.0.0.0/0"],
    ["10.0.0.0/255.0.0.0", "10.0.0.0/8", "10.0.0.0/8"],
    ["10.0.0.0/0.255.255.255", "10.0.0.0/8", "10.0.0.0/8"],
    ["10.0.0.0/255.255.255.255", "10.0.0.0/32", "10.0.0.0/32"],
    ["10.0.0.0/0.0.0.0", "10.0.0.0/0", "0.0.0.0/0"],
    ["010.0.0.1/08", "10.0.0.1/8", "10.0.0.0/8"],
    ["FD80::4:0/112", "fd80::4:0/112", "fd80::4:0/112"],
    ["fd80::4:5/112", "fd80::4:5/112", "fd80::4:0/112"],
    ["fd00::1", "fd00::1/128", "fd00::1/128"],
    ["::/0", "::/0", "::/0"],
    ["fd00::/ffff::", "fd00::/16", "fd00::/16"],
  ])("P7 %s is stored by words as %s and means %s", (text, spelled, masked) => {
    const net = parseNet(text);
    const cidr = parseCidr(text);
    expect([net.ok && formatNet(net.value), cidr.ok && cidr.value.text]).toEqual([spelled, masked]);
  });

  it.each([
    "",
    "/",
    "/8",
    "nonsense",
    "10.0.0.0/",
    "10.0.0.0/33",
    "10.0.0.256/8",
    "256/8",
    "10.0.0.0/8/8",
    "10.0.0.0/ 8",
    "10.0.0.0/-1",
    "10.0.0.0/255.0.255.0",
    "10.0.0.0/ffff::",
    "fd00::/129",
    "fd00::/255.0.0.0",
    "1.2.3.4.5/8",
    "10..0.0/8",
    "10.0.0.0 /8",
    "10.0.0.0/8\n",
    "fe80::1%eth0/64",
  ])("P7 %j is no network", (text) => {
    expect(parseCidr(text)).toEqual({ ok: false, error: { kind: "bad-cidr", found: text } });
  });

  it.each([
    ["10.0.0.0/8", "10.255.255.255", true],
    ["10.0.0.0/8", "11.0.0.0", false],
    ["0.0.0.0/0", "255.1.2.3", true],
    ["10.0.0.1/32", "10.0.0.2", false],
    ["fd00::/64", "fd00::ffff:1", true],
    ["fd00::/64", "fd00:0:0:1::", false],
    ["::/0", "10.0.0.1", false],
    ["0.0.0.0/0", "::1", false],
    ["::ffff:10.0.0.0/104", "10.0.0.1", false],
  ])("P7 %s contains %s: %s", (text, addressText, contains) => {
    const cidr = parseCidr(text);
    const address = parseAddress(addressText);
    if (!cidr.ok || !address.ok) throw new Error("both are well formed");
    expect(cidrContains(cidr.value, address.value.family, address.value.value)).toBe(contains);
  });
});
