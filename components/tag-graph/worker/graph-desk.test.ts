import { readFileSync } from "node:fs";
import fc from "fast-check";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import { reachability } from "#analysis/reach/reachability.ts";
import { placeKey } from "#components/reach/place-key.ts";
import { evaluate } from "#policy/evaluate.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateFile } from "#policy/state-file/parse-state-file.ts";
import { type GraphRequest, graphSearch, parseGraphRequest } from "../model/graph-request.ts";
import { RelationRow } from "../table/relation-row.tsx";
import { createGraphDesk, type GraphDesk } from "./graph-desk.ts";
import type { GraphAnswer, GraphQuestion } from "./graph-messages.ts";

const stateOf = (profiles: Readonly<Record<string, unknown>>) => parseStateFile(JSON.stringify({ profiles })).entries;
const estateFile = readFileSync("lib/testing/estate-12.json", "utf8");
const estate = snapshotFromEntries(parseStateFile(estateFile).entries);
const request = (search = ""): GraphRequest => parseGraphRequest(new URLSearchParams(search));

type Given = { readonly drafted?: Snapshot; readonly revisions?: Readonly<Record<number, Snapshot>> };

function deskFor(
  live: Snapshot,
  { drafted }: Given = {},
  entries: Readonly<Record<number, ReturnType<typeof stateOf>>> = {},
) {
  const desk = createGraphDesk({
    readStateAt: async (revision) => {
      const found = entries[revision];
      return found === undefined ? { kind: "compacted" } : { kind: "read", entries: found };
    },
    now: () => 0,
  });
  give(desk, live, { ...(drafted === undefined ? {} : { drafted }) });
  return desk;
}

function give(desk: GraphDesk, live: Snapshot, { drafted }: Given = {}) {
  const changed = [...live.profiles.values()];
  const drafts = drafted === undefined ? [] : [...drafted.profiles.values()];
  desk.take({
    kind: "policy",
    revision: live.revision,
    storeRevision: 1_000,
    changed,
    removed: [],
    drafted: drafts,
    isLast: true,
  });
}

async function ask<K extends GraphAnswer["kind"]>(desk: GraphDesk, kind: K, question: GraphQuestion) {
  const answer = await desk.ask(question);
  if (answer.kind !== kind) throw new Error(`${kind} was asked for, ${JSON.stringify(answer)} came`);
  return answer as Extract<GraphAnswer, { readonly kind: K }>;
}

const viewOf = async (desk: GraphDesk, search = "") =>
  (await ask(desk, "view", { kind: "view", request: request(search) })).view;
const rowsOf = async (desk: GraphDesk, search = "") =>
  (await ask(desk, "rows", { kind: "rows", request: request(search), start: 0, count: 5_000 })).rows;

const allow = { action: "allow" };
const chained = (count: number) =>
  snapshotFromEntries(
    stateOf(
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => {
          const rule = { action: "allow", protocol: "tcp", src_tag: `T${index - 1}`, dst_ports: [index + 1] };
          return [`P${index}`, { tags: [`T${index}`], rules: { inbound_rules: [rule], outbound_rules: [] } }];
        }),
      ),
    ),
  );
const ping = { ...allow, protocol: "icmp", icmp_type: 8 };
const web = {
  tags: ["WEB", "APP_7890"],
  rules: { inbound_rules: [{ ...allow, protocol: "tcp", dst_ports: [80, 443] }, ping], outbound_rules: [allow] },
};
const app = {
  tags: ["APP"],
  rules: {
    inbound_rules: [{ ...allow, protocol: "tcp", src_tag: "APP_7890", dst_ports: [7890] }, ping],
    outbound_rules: [allow],
  },
};
const walkthrough = snapshotFromEntries(stateOf({ WEB: web, APP: app }));
const withoutKey = snapshotFromEntries(stateOf({ WEB: { ...web, tags: ["WEB"] }, APP: app }));

describe("the views of the walkthrough", () => {
  it("draw exactly what WEB and APP may do", async () => {
    const rows = await rowsOf(deskFor(walkthrough));
    expect(rows.map((row) => `${row.id} ${row.kind === "open" ? row.text : ""}`)).toEqual([
      "@world>APP icmp type 8",
      "@world>WEB tcp 80,443; icmp type 8",
      "APP>@world all",
      "APP>APP icmp type 8",
      "APP>WEB tcp 80,443; icmp type 8",
      "WEB>@world all",
      "WEB>APP tcp 7890; icmp type 8",
      "WEB>WEB tcp 80,443; icmp type 8",
    ]);
  });

  it("show a draft that takes the tag away as exactly one changed relation, drawn along its key", async () => {
    const desk = deskFor(walkthrough, { drafted: withoutKey });
    const view = await viewOf(desk, "show=changed");
    expect(view.counts.changes).toBe(1);
    expect(view.picture.changes.map(({ id }) => id)).toEqual([
      "removed from:WEB key:tag:APP_7890",
      "removed key:tag:APP_7890 to:APP",
    ]);
    const [row, ...others] = await rowsOf(desk, "show=changed");
    expect(others).toEqual([]);
    expect(row).toMatchObject({ id: "WEB>APP", change: { kind: "changed", opened: "none", closed: "tcp 7890" } });
  });

  it("compare a revision with now, and say when it is compacted away", async () => {
    const desk = deskFor(withoutKey, {}, { 7: stateOf({ WEB: web, APP: app }) });
    expect((await viewOf(desk, "show=changed&vs=7")).counts.changes).toBe(1);
    expect((await viewOf(desk, "rev=7&from=WEB&to=APP")).panel).toMatchObject({
      argument: { text: "tcp 7890; icmp type 8" },
    });
    expect(await desk.ask({ kind: "view", request: request("rev=8") })).toEqual({
      kind: "problem",
      problem: { kind: "compacted", revision: 8 },
    });
  });

  it("tell what a revision that came in did", async () => {
    const desk = deskFor(walkthrough);
    await viewOf(desk);
    give(desk, { ...withoutKey, revision: walkthrough.revision + 1 });
    const { latest } = await ask(desk, "view", { kind: "view", request: request() });
    expect(latest?.effect).toEqual({ opens: [], closes: [{ from: "WEB", to: "APP", what: "tcp 7890" }] });
  });
});

describe("the matrix", () => {
  it("has the looks and words of the estate of the mockups", async () => {
    const { matrix } = await ask(deskFor(estate), "matrix", { kind: "matrix", request: request("view=matrix") });
    const cell = (from: string, to: string) => {
      const row = matrix.rows.findIndex((node) => placeKey(node) === from);
      const column = matrix.columns.findIndex((node) => placeKey(node) === to);
      return matrix.kinds[matrix.cells[row * matrix.columns.length + column] ?? 0];
    };
    expect(cell("WEB", "APP")).toMatchObject({ look: "granted", lines: ["7890"], words: "tcp 7890; icmp type 8" });
    expect(cell("BATCH", "BATCH")).toMatchObject({ look: "all", lines: ["all"] });
    expect(cell("LB", "WEB")).toMatchObject({ look: "open", lines: ["80", "443"] });
    expect(cell("WEB", "DB")).toMatchObject({ look: "ping", lines: ["icmp"] });
    expect(cell("DB", "MAIL")).toMatchObject({ look: "stopped", words: "nothing, one side stops tcp 25" });
    expect(cell("CI", "DB")).toMatchObject({ look: "ping", isMarked: true });
    expect(cell("LB", "OPS")?.look).toBe("none");
  });

  it("stands in the order asked for, and what was moved by hand stands where it was put", async () => {
    const rows = async (search: string) =>
      (await ask(deskFor(estate), "matrix", { kind: "matrix", request: request(search) })).matrix.rows.map(placeKey);
    const named = await rows("order=name");
    expect(named.slice(0, 5)).toEqual(["@world", "10.20.0.0/16", "10.30.0.0/16", "APP", "BATCH"]);
    expect((await rows("order=name&moved=WEB>APP")).slice(3, 5)).toEqual(["WEB", "APP"]);
  });
});

describe("an estate that is large, small or broken", () => {
  it("is grouped by itself above the readable size, and one by one again where a filter makes it small", async () => {
    const many = Array.from({ length: 200 }, (_, index) => {
      const rule = { ...allow, protocol: "tcp", src_tag: `T${index % 7}`, dst_ports: [1 + index] };
      return [
        `web-${index}`,
        { tags: [`T${index % 5}`], rules: { inbound_rules: [rule], outbound_rules: [allow] } },
      ] as const;
    });
    const desk = deskFor(snapshotFromEntries(stateOf(Object.fromEntries(many))));
    const whole = await viewOf(desk);
    expect(whole.grouping).toBe("prefix");
    expect(
      whole.picture.senders.length + whole.picture.keys.length + whole.picture.receivers.length,
    ).toBeLessThanOrEqual(120);
    const box = whole.picture.senders.find(({ place }) => place.kind === "group");
    const name = box?.id.slice("from:".length) ?? "";
    expect((await viewOf(desk, `from=${encodeURIComponent(name)}`)).panel).toMatchObject({ kind: "group", key: name });
    expect((await viewOf(desk, "q=to:web-17")).grouping).toBe("none");
    const alike = deskFor(snapshotFromEntries(stateOf(Object.fromEntries(many.map(([id]) => [id, web])))));
    expect((await viewOf(alike)).picture.senders.map(({ name: each }) => each)).toEqual([
      "Anywhere",
      "web-0 and 199 alike",
    ]);
  }, 60_000);

  it.each([
    ["nothing", {}, 0],
    ["one profile", { WEB: web }, 1],
    [
      "only profiles that cannot be read",
      { A: { tags: ["A"], rules: { inbound_rules: [{ port: 1 }], outbound_rules: [] } } },
      0,
    ],
    ["a profile with 5,000 tags", { A: { ...web, tags: Array.from({ length: 5_000 }, (_, index) => `T${index}`) } }, 1],
  ])("of %s has all its views", async (_, profiles, inside) => {
    const desk = deskFor(snapshotFromEntries(stateOf(profiles)));
    expect((await viewOf(desk)).counts.inside).toBe(inside);
    await viewOf(desk, "from=A");
    await ask(desk, "matrix", { kind: "matrix", request: request("view=matrix") });
    await ask(desk, "free", { kind: "free", request: request("view=free") });
    expect((await viewOf(desk, "from=GONE")).isGone).toBe(true);
  });
});

describe("any estate, as it is rendered", () => {
  const tag = fc.constantFrom("A", "B");
  const port = fc.constantFrom(80, 443);
  const rule = fc.record(
    {
      action: fc.constantFrom("allow", "deny"),
      protocol: fc.constant("tcp"),
      dst_ports: fc.tuple(port),
      src_tag: tag,
      dst_tag: tag,
    },
    { requiredKeys: ["action", "protocol"] },
  );
  const rules = fc.array(rule, { maxLength: 3 });
  const profile = fc.record({
    tags: fc.uniqueArray(tag),
    rules: fc.record({ inbound_rules: rules, outbound_rules: rules }),
  });
  const estates = fc.dictionary(fc.constantFrom("WEB", "APP", "DB"), profile, { minKeys: 1 });

  it("has a row that says tcp 80 exactly where evaluate lets such a packet through", async () => {
    await fc.assert(
      fc.asyncProperty(estates, async (profiles) => {
        const snapshot = snapshotFromEntries(stateOf(profiles));
        const desk = deskFor(snapshot);
        const drawn = new Map((await rowsOf(desk)).map((row) => [row.id, rendered(row)]));
        const ids = [...snapshot.profiles.keys()];
        for (const from of ids) {
          for (const to of ids) {
            const { verdict } = evaluate(snapshot, {
              ...{ src: { kind: "profile", id: from }, dst: { kind: "profile", id: to }, ipVersion: 4, protocol: 6 },
              ...{ srcPort: 40_000, dstPort: 80, connectionState: "new" },
            } as const);
            const says = carries(drawn.get(`${from}>${to}`) ?? "");
            expect(`${from}>${to} ${says}`).toBe(`${from}>${to} ${verdict === "allow"}`);
          }
        }
        const reach = reachability(snapshot);
        const edges = reach
          .edges("allowed")
          .map(
            ({ from, to, relation }) => `${placeKey(from)}>${placeKey(to)} ${formatConnectionSet(relation.allowed)}`,
          );
        expect([...drawn].map(([id, text]) => `${id} ${text}`)).toEqual(edges);
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  /** Whether words like `tcp 22,79-443` speak of port 80. */
  function carries(words: string): boolean {
    const [, ports] = /tcp(?: ([\d,-]+))?/.exec(words) ?? [];
    if (ports === undefined) return words.includes("tcp");
    const ranges = ports.split(",").map((range) => range.split("-").map(Number));
    return ranges.some(([low = 0, high = low]) => low <= 80 && 80 <= high);
  }

  /** What the row's cell says, out of its markup. */
  function rendered(row: Parameters<typeof RelationRow>[0]["row"]): string {
    const nothing = () => undefined;
    const markup = renderToStaticMarkup(
      createElement(RelationRow, {
        ...{ row, request: request(), stamp: {}, index: 0, isChosen: false, isOpen: false },
        ...{ onToggle: nothing, onChoose: nothing },
      }),
    );
    return /<span class="mono">([^<]*)<\/span><\/span><\/td>/.exec(markup)?.[1] ?? "";
  }
});

describe("a link", () => {
  it("is read and written byte for byte", () => {
    const search =
      "?view=matrix&show=changed&from=10.20.0.0%2F16&to=APP&q=from%3AWEB+port%3A443&rev=12&vs=9&group=prefix&hide=anyone&hops=2&way=both&order=name&moved=WEB%3EAPP%2CDB%3EWEB";
    expect(graphSearch(parseGraphRequest(new URLSearchParams(search)))).toBe(search);
    expect(graphSearch(parseGraphRequest(new URLSearchParams("view=columns&rev=0&hops=9&show=x")))).toBe("");
  });
});

describe("the outline of a large policy", () => {
  it("is the picture that the view draws after it, with nothing counted", async () => {
    const desk = deskFor(chained(200));
    const outline = (await ask(desk, "view", { kind: "outline", request: request() })).view;
    expect(outline.isCounted).toBe(false);
    expect(outline.panel.kind).toBe("counting");
    const view = await viewOf(desk);
    expect(view.isCounted).toBe(true);
    const { stops: _, ...drawn } = view.picture;
    expect(outline.picture).toMatchObject(drawn);
    expect(outline.picture.senders.length).toBeGreaterThan(20);
  });

  it("is not given where the judge is quick, where it has answered, or where the request needs it", async () => {
    const small = deskFor(chained(20));
    expect((await small.ask({ kind: "outline", request: request() })).kind).toBe("no-outline");
    const large = deskFor(chained(200));
    expect((await large.ask({ kind: "outline", request: request("from=P1") })).kind).toBe("no-outline");
    await viewOf(large);
    expect((await large.ask({ kind: "outline", request: request() })).kind).toBe("no-outline");
  });
});

describe("a profile with 5,000 tags", () => {
  const tags = Array.from({ length: 5_000 }, (_, index) => `T${index}`);
  const rules = { inbound_rules: [{ action: "allow", protocol: "tcp", src_tag: "T7" }], outbound_rules: [allow] };
  const desk = deskFor(snapshotFromEntries(stateOf({ MANY: { tags, rules } })));

  it("is one box with the one key that somebody asks for", async () => {
    const { picture, counts } = await viewOf(desk);
    expect(counts.profiles).toBe(1);
    expect(picture.keys.map(({ name }) => name)).toEqual(["no tag needed", "T7"]);
    expect(picture.links.filter(({ kind }) => kind === "holds")).toHaveLength(2);
  });

  it("has a panel that names some of them, the asked one among its pairs", async () => {
    const { panel } = await viewOf(desk, "from=MANY");
    expect(panel.kind === "place" && panel.tags.length).toBe(200);
    expect(panel.kind === "place" && panel.lacking).toEqual([]);
  });
});
