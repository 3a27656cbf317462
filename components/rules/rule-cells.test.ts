import { describe, expect, test } from "vitest";
import { parseStoredRule } from "#policy/parse-stored-rule.ts";
import type { Direction, Rule } from "#policy/rule.ts";
import { type CellPart, ruleCells, takesEverything } from "./rule-cells.ts";

function rule(value: Readonly<Record<string, unknown>>): Rule {
  const parsed = parseStoredRule(value);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

const textOf = (parts: readonly CellPart[]) => parts.map((part) => part.text).join(" ");

describe("the two columns of a rule", () => {
  test.each<{ direction: Direction; stored: Readonly<Record<string, unknown>>; what: string; who: string }>([
    {
      direction: "inbound",
      stored: { action: "allow", protocol: "tcp", dst_ports: [443, 80] },
      what: "tcp 80, 443",
      who: "",
    },
    { direction: "inbound", stored: { action: "allow", src_tag: "WEB" }, what: "everything", who: "WEB" },
    { direction: "outbound", stored: { protocol: 17, dst_ports: [53], dst_tag: "DNS" }, what: "udp 53", who: "DNS" },
    {
      direction: "inbound",
      stored: { action: "allow", protocol: "icmp", icmp_type: 8, icmp_code: 0 },
      what: "icmp type 8 code 0",
      who: "",
    },
    {
      direction: "inbound",
      stored: { action: "deny", "!src_net": "10.0.0.0/8", ip_version: 4 },
      what: "everything v4",
      who: "not 10.0.0.0/8",
    },
    {
      direction: "outbound",
      stored: { action: "allow", protocol: "tcp", src_tag: "A", dst_net: "10.1.0.0/16" },
      what: "tcp",
      who: "10.1.0.0/16 from A",
    },
    {
      direction: "inbound",
      stored: { protocol: "tcp", src_ports: ["1024:2048"], dst_ports: [22] },
      what: "tcp 22",
      who: "ports 1024:2048",
    },
  ])("$stored is written as $what and $who", ({ direction, stored, what, who }) => {
    const cells = ruleCells(rule(stored), direction);
    expect(textOf(cells.what)).toBe(what);
    expect(textOf(cells.who)).toBe(who);
  });

  test("only an allow or deny without any criterion takes everything", () => {
    expect(takesEverything(rule({}))).toBe(true);
    expect(takesEverything(rule({ action: "deny" }))).toBe(true);
    expect(takesEverything(rule({ action: "log" }))).toBe(false);
    expect(takesEverything(rule({ action: "allow", ip_version: 4 }))).toBe(false);
    expect(takesEverything(rule({ action: "allow", dst_tag: "WEB" }))).toBe(false);
  });
});
