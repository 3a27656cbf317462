import { describe, expect, it } from "vitest";
import { formatProtocol, hasPorts, parseProtocol } from "#policy/protocol.ts";

describe("protocols", () => {
  it.each([
    ["tcp", 6, "tcp"],
    ["udp", 17, "udp"],
    ["icmp", 1, "icmp"],
    ["icmpv6", 58, "icmpv6"],
    ["sctp", 132, "sctp"],
    ["udplite", 136, "udplite"],
    [6, 6, "tcp"],
    ["6", 6, "tcp"],
    [47, 47, "47"],
    ["255", 255, "255"],
    [1, 1, "icmp"],
  ])("P6 %j is protocol %i, called %s", (input, number, name) => {
    const protocol = parseProtocol(input);
    expect(protocol).toEqual({ ok: true, value: number });
    expect(formatProtocol(number)).toBe(name);
  });

  it.each([
    "",
    "TCP",
    "dccp",
    "0",
    0,
    "06",
    256,
    "256",
    -1,
    6.5,
    " 6",
    "6 ",
    "1e1",
    "bloop",
    true,
    null,
    undefined,
    [],
    {},
  ])("P6 %j is no protocol", (input) => {
    expect(parseProtocol(input).ok).toBe(false);
  });

  it("P5 ports belong to tcp, udp, dccp (by number), sctp and udplite", () => {
    expect(Array.from({ length: 256 }, (_, number) => number).filter(hasPorts)).toEqual([6, 17, 33, 132, 136]);
  });
});
