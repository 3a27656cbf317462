import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeIssue } from "#policy/describe-issue.ts";
import type { Intent } from "#policy/intent/intent.ts";
import { parseIntentId } from "#policy/intent/intent.ts";
import { formatIntentValue, parseIntent, parseIntentValue } from "#policy/intent/intent-value.ts";
import { intentIdOf, intentKey } from "#policy/layout/intent-key.ts";
import { runCount } from "#testing/run-count.ts";

const place = fc.constantFrom(
  "world",
  "profile:WEB",
  "profile:..",
  "host:n 1",
  "endpoint:h/o/w/e",
  "10.0.0.1",
  "fd00::/16",
);
const traffic = fc.constantFrom<Intent["traffic"]>(
  {},
  { protocol: "tcp", dst_ports: [80, "7000:7999"] },
  { ip_version: 6, protocol: 47 },
  { protocol: "icmp", icmp_type: 8, icmp_code: 0 },
);
const intent: fc.Arbitrary<Intent> = fc.record({
  must: fc.constantFrom("reach", "not-reach"),
  from: place,
  to: place,
  traffic,
});

describe("an intent's value", () => {
  it("N1 is read back as it was written", () => {
    fc.assert(
      fc.property(intent, (value) => {
        expect(parseIntentValue(formatIntentValue(value))).toEqual({ kind: "valid", value });
      }),
      runCount(200),
    );
  });

  it("N1 is a strict door that says everything that is wrong, and never throws", () => {
    const bad = { must: "Reach", from: "WEB", to: "", port: 80, dst_ports: [70_000] };
    const parsed = parseIntent(bad);
    expect(parsed.ok ? [] : parsed.error.map((issue) => describeIssue(issue))).toEqual([
      'port: Unknown key "port".',
      'must: Expected "reach" or "not-reach", found Reach.',
      "from: Expected profile:ID, endpoint:NAME, host:NAME, world, an address or a CIDR, found WEB.",
      "to: Expected profile:ID, endpoint:NAME, host:NAME, world, an address or a CIDR, found .",
      "dst_ports: dst_ports needs a protocol that has ports: tcp, udp, sctp or udplite.",
      "dst_ports[0]: 70000 is outside 0 to 65535, the range of ports.",
    ]);
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => void parseIntentValue(text)),
      runCount(300),
    );
  });

  it("N1 has one key each, and an id that is a name", () => {
    const id = parseIntentId("a.b-1");
    expect(id && intentIdOf(intentKey(id))).toBe("a.b-1");
    for (const key of [
      "/tortie/v1/intent/",
      "/tortie/v1/intent/a/b",
      `/tortie/v1/intent/${"x".repeat(65)}`,
      "/calico/v1/a",
    ])
      expect(intentIdOf(key), key).toBeUndefined();
  });
});
