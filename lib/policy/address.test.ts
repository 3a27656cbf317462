import { isIPv6 } from "node:net";
import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, it } from "vitest";
import { formatAddress, parseAddress } from "#policy/address.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

describe("addresses", PROPERTY_TIMEOUT, () => {
  it.each([
    ["10.0.0.1", 4, 0x0a000001n, "10.0.0.1"],
    ["255.255.255.255", 4, 0xffffffffn, "255.255.255.255"],
    ["0.0.0.0", 4, 0n, "0.0.0.0"],
    ["::", 6, 0n, "::"],
    ["::1", 6, 1n, "::1"],
    ["FD80:0:0:0:0:0:4:0", 6, 0xfd80n * (1n << 112n) + 0x40000n, "fd80::4:0"],
    ["1:0:0:2:0:0:0:3", 6, 0x00010000000000020000000000000003n, "1:0:0:2::3"],
    ["1:0:0:2:2:0:0:3", 6, 0x00010000000000020002000000000003n, "1::2:2:0:0:3"],
    ["1:0:2:3:4:5:6:7", 6, 0x00010000000200030004000500060007n, "1:0:2:3:4:5:6:7"],
    ["::ffff:1.2.3.4", 6, 0xffff01020304n, "::ffff:1.2.3.4"],
  ] as const)("P8 %s is IPv%i number %i, written %s", (...[input, family, value, text]) => {
    expect(parseAddress(input)).toEqual({ ok: true, value: { family, value, text } });
  });

  it.each([
    "",
    "10",
    "10.0.0",
    "10.0.0.0.1",
    "10.0.0.256",
    "010.0.0.1",
    "10.0.0.1 ",
    " 10.0.0.1",
    "0x0a.0.0.1",
    "-1.0.0.0",
  ])("P8 %j is no IPv4 address", (input) => {
    expect(parseAddress(input)).toEqual({ ok: false, error: { kind: "bad-address", found: input } });
  });

  it.each([
    ":",
    ":::",
    "1::2::3",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7:8::",
    "g::",
    "12345::",
    "fe80::1%eth0",
    "1.2.3.4::",
    "::1.2.3",
    "::1.2.3.4:5",
    "::1:",
  ])("P8 %j is no IPv6 address", (input) => {
    expect(parseAddress(input).ok).toBe(false);
  });

  it("P8 every address reads back from its text, which an independent parser understands the same", () => {
    const number = (bits: bigint) => fc.bigInt({ min: 0n, max: (1n << bits) - 1n });
    const sparse = fc.array(fc.constantFrom(0n, 0n, 0n, 1n, 0xffffn), { minLength: 8, maxLength: 8 });
    const sixes = fc.oneof(
      number(128n),
      number(32n),
      sparse.map((groups) => groups.reduce<bigint>((sum, one) => (sum << 16n) | one, 0n)),
    );
    const anyAddress = fc.oneof(
      number(32n).map((value) => ({ family: 4 as const, value })),
      sixes.map((value) => ({ family: 6 as const, value })),
    );
    fc.assert(
      fc.property(anyAddress, ({ family, value }) => {
        const text = formatAddress(family, value);
        expect(parseAddress(text)).toEqual({ ok: true, value: { family, value, text } });
        const bytes = ipaddr.parse(text).toByteArray();
        expect(bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)).toBe(value);
        expect(bytes.length).toBe(family === 4 ? 4 : 16);
      }),
    );
  });

  it("P8 a text is an IPv6 address exactly when an independent parser says so", () => {
    const piece = fc.constantFrom(":", "::", "0", "1", "ffff", "12345", "1.2.3.4", "256.1.1.1", ".", "g");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join("");
        fc.pre(text.includes(":"));
        expect(parseAddress(text).ok).toBe(isIPv6(text));
      }),
      runCount(1000),
    );
  });
});
