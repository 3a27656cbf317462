import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isEmpty, subtract } from "#analysis/connections/connection-set.ts";
import { ruleRegion } from "#analysis/connections/rule-region.ts";
import { judged, whatIf } from "#analysis/impact/impact.ts";
import { suggestAccess } from "#analysis/question/suggest-access.ts";
import type { Reachability } from "#analysis/reach/reachability.ts";
import { parseRule } from "#policy/grammar/parse-rule.ts";
import { snapshotOf } from "#testing/ask-state.ts";

const allow = { action: "allow" };
const appInbound = { ...allow, protocol: "tcp", src_tag: "APP_7890", dst_ports: [7890] };

function ruleOf(words: string) {
  const rule = parseRule(words);
  if (!rule.ok) throw new Error(words);
  return rule.value;
}

function place({ nodes }: Reachability, name: string) {
  const node = nodes.find((each) => (each.kind === "profile" ? each.id === name : each.kind === name));
  if (node === undefined) throw new Error(name);
  return node;
}

function suggested(profiles: object, words: string, [from, to]: readonly [string, string] = ["WEB", "APP"]) {
  const before = judged(snapshotOf({ profiles }));
  return suggestAccess(before, { from: place(before.reach, from), to: place(before.reach, to), rule: ruleOf(words) });
}

const estate = {
  WEB: { tags: ["WEB"], rules: { inbound_rules: [], outbound_rules: [allow] } },
  APP: { tags: ["APP"], rules: { inbound_rules: [appInbound], outbound_rules: [allow] } },
};

describe("access between two profiles", () => {
  it("R15 is offered as holding the tag that is asked for, as a rule by a held tag, and as a new tag with a rule", () => {
    const found = suggested(estate, "allow tcp to ports 7890");
    if (found === "open-already") throw new Error(found);
    expect(found.map(({ edits }) => edits.map(({ profile, edit }) => `${profile} ${edit.kind}`))).toEqual([
      ["WEB add-tag"],
      ["APP insert-rule"],
      ["WEB add-tag", "APP insert-rule"],
    ]);
    for (const { opened, closed } of found) {
      expect(opened).toEqual([{ from: "WEB", to: "APP", connections: "tcp 7890" }]);
      expect(closed).toEqual([]);
    }
  });

  it("R15 that is there already is said to be", () => {
    const open = { ...estate, WEB: { ...estate.WEB, tags: ["APP_7890"] } };
    expect(suggested(open, "allow tcp to ports 7890")).toBe("open-already");
  });

  it("R15 past a deny is a rule in front of it", () => {
    const denying = {
      ...estate,
      APP: { ...estate.APP, rules: { inbound_rules: [{ action: "deny" }], outbound_rules: [] } },
    };
    const found = suggested(denying, "allow tcp to ports 22");
    expect(found !== "open-already" && found[0]?.edits[0]?.edit).toMatchObject({ kind: "insert-rule", at: 1 });
  });

  it("R15 from the world is a rule for anyone", () => {
    const found = suggested(estate, "allow tcp to ports 80", ["world", "APP"]);
    expect(found !== "open-already" && found.map(({ summary }) => summary)).toHaveLength(1);
  });
});

it("R15 in random states every suggestion opens all that is wanted, and says all that it changes", () => {
  const tag = fc.constantFrom("A", "B", "C");
  const rule = fc.record(
    {
      action: fc.constantFrom("allow", "deny"),
      protocol: fc.constant("tcp"),
      dst_ports: fc.tuple(fc.constantFrom(22, 80)),
      src_tag: tag,
      dst_tag: tag,
    },
    { requiredKeys: ["action"] },
  );
  const rules = fc.array(
    rule.map((each) =>
      "dst_ports" in each && !("protocol" in each) ? { ...(each as object), protocol: "tcp" } : each,
    ),
    { maxLength: 3 },
  );
  const profile = fc.record({
    tags: fc.uniqueArray(tag),
    rules: fc.record({ inbound_rules: rules, outbound_rules: rules }),
  });
  fc.assert(
    fc.property(profile, profile, profile, (WEB, APP, DB) => {
      const before = judged(snapshotOf({ profiles: { WEB, APP, DB } }));
      const wanted = ruleOf("allow tcp to ports 80");
      const found = suggestAccess(before, {
        from: place(before.reach, "WEB"),
        to: place(before.reach, "APP"),
        rule: wanted,
      });
      const index = (name: string) => before.reach.nodes.indexOf(place(before.reach, name));
      if (found === "open-already") {
        const open = before.reach.relation(index("WEB"), index("APP"))?.allowed;
        expect(open !== undefined && isEmpty(subtract(ruleRegion(wanted), open))).toBe(true);
        return;
      }
      for (const { edits, opened, closed } of found) {
        const tried = whatIf(before, edits);
        if (!tried.ok) throw new Error(tried.error.kind);
        const after = tried.value.after.reach;
        const relation = after.relation(
          after.nodes.indexOf(place(after, "WEB")),
          after.nodes.indexOf(place(after, "APP")),
        );
        expect(relation !== undefined && isEmpty(subtract(ruleRegion(wanted), relation.allowed))).toBe(true);
        expect(tried.value.impact).toEqual({ opened, closed });
      }
    }),
    { numRuns: 25 },
  );
}, 60_000);
