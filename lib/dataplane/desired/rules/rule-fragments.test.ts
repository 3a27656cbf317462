import { describe, expect, it } from "vitest";
import { formatFragment } from "#dataplane/desired/rules/format-fragment.ts";
import { ruleFragments } from "#dataplane/desired/rules/rule-fragments.ts";
import { abstractFragment } from "#dataplane/testing/abstract-fragment.ts";
import { parseStoredRule } from "#policy/parse-stored-rule.ts";
import type { Family, Rule } from "#policy/rule.ts";
import renderCases from "#testing/conformance/render.json" with { type: "json" };

function ruleOf(stored: unknown): Rule {
  const rule = parseStoredRule(stored);
  if (!rule.ok) throw new Error(JSON.stringify(rule.error));
  return rule.value;
}

function lines(stored: unknown, family: Family = 4): readonly string[] {
  return ruleFragments(ruleOf(stored), family).map((fragment) => formatFragment(fragment, family));
}

describe(`conformance: ${renderCases.length} of ${renderCases.length} render cases`, () => {
  it.each(renderCases.map((one) => [one.id, one.title, one] as const))("%s %s", (_id, _title, one) => {
    const family = one.ip_version === 6 ? 6 : 4;
    const fragments = ruleFragments(ruleOf(one.rule), family);
    expect(fragments.map((fragment) => abstractFragment(fragment, family))).toEqual(one.expect);
  });
});

describe("a rule's lines", () => {
  it("an accepting line goes to the accept chain, so that one line is one rule", () => {
    expect(lines({ protocol: "tcp", dst_ports: [80, "8000:8080"] })).toEqual([
      "-p tcp -m multiport --dports 80,8000:8080 -g tortie-accept",
    ]);
  });

  it("two long positive lists need every pair of their chunks", () => {
    const ports = Array.from({ length: 16 }, (_, index) => index * 2);
    expect(lines({ protocol: "udp", src_ports: ports, dst_ports: ports })).toHaveLength(4);
  });

  it("a long negated list stays in one line, as several matches", () => {
    const ports = Array.from({ length: 16 }, (_, index) => index * 2);
    expect(lines({ protocol: "udp", "!dst_ports": ports })).toEqual([
      "-p udp -m multiport ! --dports 0,2,4,6,8,10,12,14,16,18,20,22,24,26,28 -m multiport ! --dports 30 -g tortie-accept",
    ]);
  });

  it("ports in their thousands are written as few sorted ranges", () => {
    const ports = Array.from({ length: 10_000 }, (_, index) => 20_000 - index);
    expect(lines({ protocol: "tcp", dst_ports: ports })).toEqual([
      "-p tcp -m multiport --dports 10001:20000 -g tortie-accept",
    ]);
  });

  it.each([
    ["sctp", "132"],
    [33, "33"],
    ["udplite", "udplite"],
    ["47", "47"],
  ])("protocol %s is written so that iptables needs no /etc/protocols", (protocol, word) => {
    expect(lines({ protocol })).toEqual([`-p ${word} -g tortie-accept`]);
  });

  it("negated ICMP with a code is one criterion", () => {
    expect(lines({ "!icmp_type": 3, "!icmp_code": 1 })).toEqual(["-p icmp -m icmp ! --icmp-type 3/1 -g tortie-accept"]);
  });

  it("not being ICMP type 255 is true of every ICMP packet", () => {
    expect(lines({ protocol: "icmp", "!icmp_type": 255 })).toEqual(["-p icmp -g tortie-accept"]);
  });

  it("a network and a hole in it become the networks between", () => {
    expect(lines({ src_net: "10.0.0.0/8", "!src_net": "10.128.0.0/10" })).toEqual([
      "-s 10.0.0.0/9 -g tortie-accept",
      "-s 10.192.0.0/10 -g tortie-accept",
    ]);
  });

  it("a network inside its own hole never matches", () => {
    expect(lines({ src_net: "10.1.0.0/16", "!src_net": "10.0.0.0/8" })).toEqual([]);
  });

  it.each([
    [{ "!src_net": "0.0.0.0/0" }, []],
    [{ src_net: "0.0.0.0/0" }, ["-g tortie-accept"]],
    [{ src_net: "0.0.0.0/0", "!src_net": "128.0.0.0/1" }, ["-s 0.0.0.0/1 -g tortie-accept"]],
  ])("%j: a network of all addresses never becomes a match, which iptables would drop", (rule, expected) => {
    expect(lines(rule)).toEqual(expected);
  });

  it("a tag and its negation look the packet up twice", () => {
    expect(lines({ action: "deny", src_tag: "A", "!src_tag": "B", dst_tag: "C" })).toEqual([
      "-m set --match-set {A} src -m set ! --match-set {B} src -m set --match-set {C} dst -j DROP",
    ]);
  });

  it("next-tier leaves the profile with nothing accepted", () => {
    expect(lines({ action: "next-tier", src_tag: "A" })).toEqual(["-m set --match-set {A} src -j RETURN"]);
  });

  it("a log prefix is filtered and cut, whatever was stored", () => {
    expect(lines({ action: "log", log_prefix: 'x" -j ACCEPT\n'.repeat(4) })).toEqual([
      '-j LOG --log-prefix "x__-j_ACCEPT_x__-j_ACCEPT_x: " --log-level 5',
    ]);
  });
});
