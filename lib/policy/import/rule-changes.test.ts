import { describe, expect, it } from "vitest";
import { formatRule } from "#policy/grammar/format-rule.ts";
import { parseRule } from "#policy/grammar/parse-rule.ts";
import type { RuleChange } from "#policy/import/rule-change.ts";
import { countChanges, ruleChanges } from "#policy/import/rule-changes.ts";
import { parseStoredRule } from "#policy/parse-stored-rule.ts";
import type { Rule } from "#policy/rule.ts";

const rule = (words: string): Rule => {
  const parsed = parseRule(words);
  if (!parsed.ok) throw new Error(`not a rule: ${words}`);
  return parsed.value;
};
const list = (...words: readonly string[]) => words.map(rule);

const told = (change: RuleChange): string => {
  const from = "from" in change ? change.from : "-";
  const to = "to" in change ? change.to : "-";
  return `${change.kind} ${from}>${to} ${formatRule(change.rule)}`;
};

const changesOf = ruleChanges;

const web = list("allow tcp to ports 80", "allow icmp type 8", "allow udp to ports 53");

describe("what a file changes", () => {
  it("keeps every rule of an equal list", () => {
    expect(changesOf(web, web).map(told)).toEqual([
      "kept 1>1 allow tcp to ports 80",
      "kept 2>2 allow icmp type 8",
      "kept 3>3 allow udp to ports 53",
    ]);
    expect(countChanges(changesOf(web, web))).toBe(0);
  });

  it("tells a moved rule from one that only shifts", () => {
    const after = [web[2], web[0], web[1]].flatMap((each) => each ?? []);
    expect(changesOf(web, after).map(told)).toEqual([
      "moved 3>1 allow udp to ports 53",
      "kept 1>2 allow tcp to ports 80",
      "kept 2>3 allow icmp type 8",
    ]);
  });

  it("shows a removed rule where it stood", () => {
    expect(
      changesOf(
        web,
        web.filter((_, index) => index !== 1),
      ).map(told),
    ).toEqual(["kept 1>1 allow tcp to ports 80", "removed 2>- allow icmp type 8", "kept 3>2 allow udp to ports 53"]);
  });

  it("shows an added rule at its new place", () => {
    expect(
      changesOf(web, [...web, rule("deny")])
        .map(told)
        .at(-1),
    ).toBe("added ->4 deny");
  });

  it("keeps the old value beside an edited rule", () => {
    const after = [rule("allow tcp to ports 80,443"), ...web.slice(1)];
    expect(changesOf(web, after)[0]).toEqual({
      kind: "edited",
      rule: rule("allow tcp to ports 80,443"),
      before: web[0],
      from: 1,
      to: 1,
      isMoved: false,
    });
  });

  it("leaves a rule alone that is only written otherwise", () => {
    const numbered = parseStoredRule({ protocol: 6, dst_ports: [80] });
    if (!numbered.ok) throw new Error("not a rule");
    expect(changesOf(web, [numbered.value, ...web.slice(1)]).map(({ kind }) => kind)).toEqual(["kept", "kept", "kept"]);
  });

  it("follows each of several equal rules", () => {
    const twice = list("allow", "deny", "allow");
    expect(changesOf(twice, list("allow", "allow")).map(told)).toEqual([
      "kept 1>1 allow",
      "removed 2>- deny",
      "kept 3>2 allow",
    ]);
  });

  it("knows a rule again that gained a port and moved, and one that is new beside it", () => {
    const before = list("allow tcp from tag APP_7890 to ports 7890", "allow icmp type 8");
    const after = list(
      "allow icmp type 8",
      "allow tcp from tag APP_7890 to ports 7890,7900",
      "allow tcp from tag METRICS to ports 9100",
    );
    expect(changesOf(before, after).map(told)).toEqual([
      "kept 2>1 allow icmp type 8",
      "edited 1>2 allow tcp from tag APP_7890 to ports 7890,7900",
      "added ->3 allow tcp from tag METRICS to ports 9100",
    ]);
  });

  it("takes another rule in the same place for another rule", () => {
    expect(changesOf(list("allow icmp type 8"), list("deny tcp to ports 25")).map(told)).toEqual([
      "removed 1>- allow icmp type 8",
      "added ->1 deny tcp to ports 25",
    ]);
  });
});
