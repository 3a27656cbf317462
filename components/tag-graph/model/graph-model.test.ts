import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isEmpty } from "#analysis/connections/connection-set.ts";
import { reachability } from "#analysis/reach/reachability.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateFile } from "#policy/state-file/parse-state-file.ts";
import { graphFocus } from "./graph-focus.ts";
import { type GraphModel, graphModel } from "./graph-model.ts";
import { describeQueryIssue, parseGraphQuery } from "./graph-query.ts";
import { type GraphSelection, parseSelection, selectNode } from "./graph-selection.ts";
import { graphStops } from "./graph-stops.ts";
import { matchingPairs } from "./matching-pairs.ts";
import { openPairs, pairBetween, pairsAt } from "./pair-table.ts";

const snapshotOf = (text: string) => snapshotFromEntries(parseStateFile(text).entries);
const modelOf = (text: string): GraphModel => {
  const snapshot = snapshotOf(text);
  return graphModel(snapshot, reachability(snapshot));
};
const profilesOf = (profiles: Readonly<Record<string, unknown>>) => modelOf(JSON.stringify({ profiles }));

const estate = modelOf(readFileSync(new URL("../../../lib/testing/estate-12.json", import.meta.url), "utf8"));
const pairsOf = ({ pairs }: GraphModel) => pairsAt(pairs, openPairs(pairs));
const focusOf = (model: GraphModel, selection: GraphSelection) =>
  graphFocus(model, selection, { horizon: { hops: 1, way: "out" }, membersOf: (key) => [key] });
const betweenProfiles = (model: GraphModel) =>
  pairsOf(model).filter(({ from, to }) => from.kind === "profile" && to.kind === "profile");

const allow = { action: "allow" };
const web = {
  tags: ["WEB", "APP_7890"],
  rules: { inbound_rules: [{ ...allow, protocol: "tcp", dst_ports: [80, 443] }], outbound_rules: [allow] },
};
const app = {
  tags: ["APP"],
  rules: {
    inbound_rules: [{ ...allow, protocol: "tcp", src_tag: "APP_7890", dst_ports: [7890] }],
    outbound_rules: [allow],
  },
};
const linkIds = (model: GraphModel) => model.links.map(({ id }) => id);

describe("the graph of the estate of twelve profiles", () => {
  it("has the 52 open pairs and the two one-sided stops of the mockups", () => {
    expect([betweenProfiles(estate).length, estate.pairs.insideCount]).toEqual([52, 52]);
    expect(graphStops(estate, () => true).stops.map(({ id, text }) => `${id} ${text}`)).toEqual([
      "CI>DB sender tcp 5432",
      "DB>MAIL sender tcp 25",
    ]);
  });

  it("pins Anywhere and the ranges that rules name, on the side where they are named", () => {
    expect(estate.senders.slice(0, 4).map(({ name }) => name)).toEqual([
      "Anywhere",
      "10.20.0.0/16",
      "10.30.0.0/16",
      "APP",
    ]);
    expect(estate.receivers.slice(0, 3).map(({ name }) => name)).toEqual(["Anywhere", "10.40.0.0/16", "APP"]);
  });

  it("draws the nine tags that receivers ask for, with who holds and who admits them", () => {
    const tags = estate.keys.filter(({ key }) => key.kind === "tag");
    expect(tags.map(({ name, held, admitted }) => `${name} ${held}.${admitted}`)).toEqual([
      "APP_7890 3.1",
      "BATCH 1.1",
      "CACHE_6379 2.1",
      "DB 1.1",
      "DB_5432 3.1",
      "HEALTH 1.1",
      "MAIL_587 1.1",
      "OPS 1.1",
      "OPS_SSH 1.2",
    ]);
  });

  it("says the ports of a receiver in the order of its rules", () => {
    expect(estate.receivers.find(({ name }) => name === "DB")?.ports).toEqual(["5432", "7000", "22"]);
    expect(estate.receivers.find(({ name }) => name === "BATCH")?.ports).toEqual(["all"]);
  });

  it("draws a deny as a line of its own", () => {
    expect(estate.links.filter(({ kind }) => kind === "denies").map(({ id }) => id)).toEqual([
      "denies key:tag:BATCH to:DB",
    ]);
  });
});

describe("WEB and APP", () => {
  const model = profilesOf({ WEB: web, APP: app });

  it("are drawn as holding and admitting the tag between them", () => {
    expect(linkIds(model)).toEqual([
      "holds from:@world key:anyone",
      "holds from:WEB key:tag:APP_7890",
      "admits key:tag:APP_7890 to:APP",
      "admits key:anyone to:WEB",
    ]);
    expect(pairBetween(model.pairs, "WEB", "APP")?.text).toBe("tcp 7890");
  });

  it("lose exactly one relation when WEB loses the tag", () => {
    const without = profilesOf({ WEB: { ...web, tags: ["WEB"] }, APP: app });
    const kept = new Set(pairsOf(without).map(({ id, text }) => `${id} ${text}`));
    expect(
      pairsOf(model)
        .map(({ id, text }) => `${id} ${text}`)
        .filter((each) => !kept.has(each)),
    ).toEqual(["WEB>APP tcp 7890"]);
    expect(without.keys.find(({ name }) => name === "APP_7890")?.held).toBe(0);
  });

  it("are joined by a path through the tag when both are chosen", () => {
    const focus = focusOf(model, { kind: "pair", from: "WEB", to: "APP" });
    expect(focus?.links.map(({ id }) => id)).toEqual(["from:WEB key:tag:APP_7890", "key:tag:APP_7890 to:APP"]);
    expect([...(focus?.selected ?? [])].sort()).toEqual(["from:WEB", "key:tag:APP_7890", "to:APP"]);
  });

  it("stop being a selection when one of them is gone", () => {
    expect(focusOf(model, { kind: "pair", from: "WEB", to: "GONE" })).toBeUndefined();
  });
});

describe("the model of a small or broken estate", () => {
  it("is only Anywhere when nothing is stored", () => {
    const empty = modelOf("{}");
    expect([empty.senders.length, empty.receivers.length, empty.pairs.count]).toEqual([1, 1, 0]);
  });

  it("draws a profile that cannot be read, without any line", () => {
    const broken = profilesOf({ BAD: { tags: ["BAD"], rules: { inbound_rules: [{ port: 1 }], outbound_rules: [] } } });
    expect(broken.senders.map(({ name }) => name)).toEqual(["Anywhere", "BAD"]);
    expect(pairsOf(broken)).toEqual([]);
    expect(linkIds(broken)).toEqual(["holds from:@world key:anyone"]);
  });

  it("keeps apart a profile called world and the world", () => {
    const model = profilesOf({ world: web, APP: app });
    expect(pairBetween(model.pairs, "world", "APP")?.text).toBe("tcp 7890");
    expect(pairBetween(model.pairs, "@world", "APP")).toBeUndefined();
  });
});

describe("a query", () => {
  const found = (text: string) => {
    const query = parseGraphQuery(text);
    if (!query.ok) throw new Error(query.error.map(describeQueryIssue).join());
    return pairsAt(estate.pairs, matchingPairs(estate, query.value)).map(({ id }) => id);
  };

  it("finds pairs by both ends, by tag and by port", () => {
    expect(found("from:WEB to:APP port:7890")).toEqual(["WEB>APP"]);
    expect(found("tag:APP_*")).toEqual(["HEALTH>APP", "OPS>APP", "WEB>APP"]);
    expect(found("from:anywhere port:443")).toEqual(["@world>LB", "@world>WEB"]);
  });

  it.each([
    ["from:WEB form:APP", "Character 10: unknown field “form”. Did you mean from?"],
    ["to: port:80", "Character 3: to: needs a name; * stands for anything."],
    ["port:99999", "Character 6: “99999” is no port; ports go from 0 to 65535."],
    ["WEB from:A from:B", "Character 12: from: stands there already."],
    ["to:AP{P", "Character 6: “{” stands in no name. Letters, digits, _ . - and * do."],
  ])("that cannot be read says so at its character: %s", (text, words) => {
    const parsed = parseGraphQuery(text);
    expect(parsed.ok ? [] : parsed.error.map(describeQueryIssue)).toEqual([words]);
  });

  it("finds pairs by words in any of their names", () => {
    expect(found("app_7890 ops")).toEqual(["OPS>APP"]);
  });
});

describe("a selection", () => {
  const node = (id: string) => {
    const found = [...estate.senders, ...estate.receivers, ...estate.keys].find((each) => each.id === id);
    if (found === undefined) throw new Error(id);
    return found;
  };

  it("becomes a pair when a sender and a receiver are chosen, and lets go of what is chosen twice", () => {
    const sender = selectNode({ kind: "nothing" }, node("from:WEB"));
    const pair = selectNode(sender, node("to:APP"));
    expect(pair).toEqual({ kind: "pair", from: "WEB", to: "APP" });
    expect(selectNode(pair, node("from:WEB"))).toEqual({ kind: "receiver", to: "APP" });
    expect(selectNode(pair, node("key:tag:DB"))).toEqual({ kind: "key", key: "tag:DB" });
  });

  it("is read from an address as it was written there", () => {
    const params = new URLSearchParams("from=10.20.0.0%2F16&to=OPS");
    expect(parseSelection(params)).toEqual({ kind: "pair", from: "10.20.0.0/16", to: "OPS" });
  });
});

describe("any estate", () => {
  const tag = fc.constantFrom("A", "B", "C");
  const rule = fc.record(
    { action: fc.constantFrom("allow", "deny"), src_tag: tag, dst_tag: tag },
    { requiredKeys: ["action"] },
  );
  const profile = fc.record({
    tags: fc.uniqueArray(tag),
    rules: fc.record({
      inbound_rules: fc.array(rule, { maxLength: 3 }),
      outbound_rules: fc.array(rule, { maxLength: 3 }),
    }),
  });
  const estates = fc.dictionary(fc.constantFrom("A", "WEB", "APP", "DB", "OPS"), profile);

  it("has a row for exactly the pairs for which the judge lets something through", () => {
    fc.assert(
      fc.property(estates, (profiles) => {
        const snapshot = snapshotOf(JSON.stringify({ profiles }));
        const reach = reachability(snapshot);
        const wanted = reach.nodes.flatMap((from, i) =>
          reach.nodes.flatMap((to, j) => {
            const relation = reach.relation(i, j);
            return relation === undefined || isEmpty(relation.allowed) ? [] : [`${from.kind} ${to.kind} ${i} ${j}`];
          }),
        );
        const drawn = pairsOf(graphModel(snapshot, reach)).map(
          ({ from, to, fromIndex, toIndex }) => `${from.kind} ${to.kind} ${fromIndex} ${toIndex}`,
        );
        expect(drawn).toEqual(wanted);
      }),
    );
  });

  it("draws the path of every pair along boxes that are there", () => {
    fc.assert(
      fc.property(estates, (profiles) => {
        const model = profilesOf(profiles);
        const ids = new Set([...model.senders, ...model.keys, ...model.receivers].map(({ id }) => id));
        for (const pair of pairsOf(model)) {
          const [from, to] = pair.id.split(">");
          const focus = focusOf(model, { kind: "pair", from: from ?? "", to: to ?? "" });
          expect(focus?.links.length).toBeGreaterThan(0);
          expect([...(focus?.nodes ?? [])].filter((id) => !ids.has(id))).toEqual([]);
        }
      }),
    );
  });
});
