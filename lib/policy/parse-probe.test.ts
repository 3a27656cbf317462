import { describe, expect, it } from "vitest";
import { parseProbe } from "#policy/parse-probe.ts";

const ENDS = { src: { endpoint: "a" }, dst: { ip: "10.0.0.2" } };

function issues(probe: unknown): readonly string[] {
  const parsed = parseProbe(probe);
  return parsed.ok ? [] : parsed.error.map(({ kind, path }) => `${path.join(".")} ${kind}`);
}

describe("a probe", () => {
  it("E14 is a new tcp packet of the family of its addresses where it says no more", () => {
    expect(parseProbe({ src: { ip: "FD00:0::1" }, dst: { endpoint: "a" } })).toEqual({
      ok: true,
      value: {
        src: { kind: "ip", address: "fd00::1" },
        dst: { kind: "endpoint", name: "a" },
        ipVersion: 6,
        protocol: 6,
        connectionState: "new",
      },
    });
  });

  it("E14 with an ICMP type is icmp of its family, with code 0", () => {
    const v4 = parseProbe({ ...ENDS, icmp_type: 8 });
    expect(v4.ok && v4.value).toMatchObject({ protocol: 1, icmpType: 8, icmpCode: 0 });
    const v6 = parseProbe({ src: { endpoint: "a" }, dst: { ip: "fd00::1" }, icmp_type: 128, icmp_code: 1 });
    expect(v6.ok && v6.value).toMatchObject({ protocol: 58, icmpType: 128, icmpCode: 1 });
  });

  it.each([
    ["tcp", 6],
    ["47", 47],
    [132, 132],
    ["icmpv6", 58],
  ])("E14 reads protocol %j", (protocol, number) => {
    const parsed = parseProbe({ ...ENDS, protocol });
    expect(parsed.ok && parsed.value.protocol).toBe(number);
  });

  it("E14 takes null for absent", () => {
    expect(issues({ ...ENDS, src_port: null, ct_state: null, src_mac: null, ip_version: null })).toEqual([]);
  });

  it.each([
    ["no object", 7, " wrong-type"],
    ["no destination", { src: { ip: "10.0.0.1" } }, " missing-key"],
    ["two places in one", { ...ENDS, src: { ip: "10.0.0.1", host: "h" } }, "src wrong-type"],
    ["a place of no kind", { ...ENDS, src: { workload: "w" } }, "src.workload unknown-key"],
    ["an address that is none", { ...ENDS, src: { ip: "10.0.0.1/32" } }, "src.ip bad-address"],
    ["an unknown key", { ...ENDS, dport: 80 }, "dport unknown-key"],
    ["a port out of range", { ...ENDS, dst_port: 65536 }, "dst_port port-out-of-range"],
    ["a port as text", { ...ENDS, dst_port: "80" }, "dst_port port-out-of-range"],
    ["an ICMP type out of range", { ...ENDS, icmp_type: 256 }, "icmp_type bad-icmp"],
    ["an unknown connection state", { ...ENDS, ct_state: "NEW" }, "ct_state wrong-type"],
    ["an ip_version as text", { ...ENDS, ip_version: "4" }, "ip_version bad-ip-version"],
    ["an address of the other family", { ...ENDS, ip_version: 6 }, " family-conflict"],
    ["addresses of both families", { ...ENDS, src_ip: "fd00::1" }, " family-conflict"],
    ["a MAC that is none", { ...ENDS, src_mac: "x" }, "src_mac bad-mac"],
  ])("E14 with %s is refused, and says where", (_what, probe, issue) => {
    expect(issues(probe)).toEqual([issue]);
  });
});
