import { describe, expect, it } from "vitest";
import { parseRulesJson } from "#policy/json/parse-rules-json.ts";
import { applyFixes, proposeFix } from "./propose-fix.ts";
import type { SourceFix } from "./source-fix.ts";

const knownTags: ReadonlySet<string> = new Set(["APP_7890"]);

const fileWith = (rule: string) => `{"inbound_rules": [${rule}], "outbound_rules": []}`;

const fixesOf = (text: string): readonly SourceFix[] =>
  parseRulesJson(text).issues.flatMap((issue) => proposeFix(issue, { text, knownTags }) ?? []);

describe("a one-click fix", () => {
  it.each([
    {
      title: "a port in quotes",
      rule: '{"protocol": "tcp", "dst_ports": ["80"]}',
      label: "Use 80",
      wanted: '{"protocol": "tcp", "dst_ports": [80]}',
    },
    {
      title: "a range of one port",
      rule: '{"protocol": "tcp", "dst_ports": ["80:80"]}',
      label: "Use 80",
      wanted: '{"protocol": "tcp", "dst_ports": [80]}',
    },
    {
      title: "a range with a dash",
      rule: '{"protocol": "tcp", "dst_ports": ["80-90"]}',
      label: 'Use "80:90"',
      wanted: '{"protocol": "tcp", "dst_ports": ["80:90"]}',
    },
    {
      title: "a key one word away",
      rule: '{"protocol": "tcp", "port": [7890]}',
      label: "Use dst_ports",
      wanted: '{"protocol": "tcp", "dst_ports": [7890]}',
    },
    {
      title: "a port that is no list",
      rule: '{"protocol": "tcp", "dst_ports": 7890}',
      label: "Use [7890]",
      wanted: '{"protocol": "tcp", "dst_ports": [7890]}',
    },
    { title: "an action in capitals", rule: '{"action": "ALLOW"}', label: "Use allow", wanted: '{"action": "allow"}' },
    { title: "a protocol in capitals", rule: '{"protocol": "TCP"}', label: "Use tcp", wanted: '{"protocol": "tcp"}' },
    { title: "a version in quotes", rule: '{"ip_version": "4"}', label: "Use 4", wanted: '{"ip_version": 4}' },
    {
      title: "a tag with a space, when one with an underscore is held",
      rule: '{"src_tag": "APP 7890"}',
      label: "Use APP_7890",
      wanted: '{"src_tag": "APP_7890"}',
    },
  ])("mends $title", ({ rule, label, wanted }) => {
    const fixes = fixesOf(fileWith(rule));
    expect(fixes.map((fix) => fix.label)).toEqual([label]);
    expect(applyFixes(fileWith(rule), fixes)).toBe(fileWith(wanted));
  });

  it.each([
    ["a port above 65535", '{"protocol": "tcp", "dst_ports": [70000]}'],
    ["a range that runs backwards", '{"protocol": "tcp", "dst_ports": ["90:80"]}'],
    ["a word that is no action", '{"action": "perhaps"}'],
    ["a tag nobody holds", '{"src_tag": "NO SUCH"}'],
    ["ports without a protocol", '{"dst_ports": [80]}'],
  ])("is not offered for %s", (_, rule) => {
    expect(parseRulesJson(fileWith(rule)).issues).not.toEqual([]);
    expect(fixesOf(fileWith(rule))).toEqual([]);
  });

  it("writes a missing direction as an empty list, but never among the certain ones", () => {
    const text = '{"inbound_rules": []}';
    const fixes = fixesOf(text);
    expect(fixes.map(({ isCertain }) => isCertain)).toEqual([false]);
    expect(parseRulesJson(applyFixes(text, fixes)).issues).toEqual([]);
  });

  it("mends several problems of one file at once", () => {
    const text = fileWith(
      '{"action": "Allow", "protocol": "TCP", "port": [80]}, {"protocol": "udp", "dst_ports": ["53"]}',
    );
    expect(parseRulesJson(applyFixes(text, fixesOf(text))).issues).toEqual([]);
  });
});
