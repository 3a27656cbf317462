import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { graphLayout, type LayoutInput, type LayoutNode } from "./graph-layout.ts";
import { type ColumnLink, type Columns, countCrossings, orderColumns } from "./order-columns.ts";

const node = (id: string): LayoutNode => ({ id, name: id });
const nodes = (prefix: string, names: string): readonly LayoutNode[] =>
  [...names].map((name) => node(`${prefix}:${name}`));

const crossed: LayoutInput = {
  senders: nodes("s", "abc"),
  tags: nodes("t", "xyz"),
  receivers: nodes("r", "abc"),
  links: [
    { from: "s:a", to: "t:z" },
    { from: "s:b", to: "t:y" },
    { from: "s:c", to: "t:x" },
    { from: "t:x", to: "r:c" },
    { from: "t:y", to: "r:b" },
    { from: "t:z", to: "r:a" },
  ],
};

const orderOf = (input: LayoutInput) => {
  const { columns } = graphLayout(input);
  return [columns.sender, columns.tag, columns.receiver].map((column) => column.map(({ id }) => id).join(" "));
};

describe("the column layout", () => {
  it("uncrosses lines that names alone would cross", () => {
    expect(orderOf(crossed)).toEqual(["s:a s:b s:c", "t:z t:y t:x", "r:a r:b r:c"]);
  });

  it("puts nodes without lines last, by name", () => {
    const input = { ...crossed, senders: [node("s:0"), node("s:00"), ...crossed.senders] };
    expect(orderOf(input)[0]).toBe("s:a s:b s:c s:0 s:00");
  });

  it("keeps pinned nodes on top in the order given, whatever they are linked to", () => {
    const world: LayoutNode = { id: "s:world", name: "Anywhere", pinned: true };
    const range: LayoutNode = { id: "s:10.0.0.0/8", name: "10.0.0.0/8", pinned: true };
    const input = {
      ...crossed,
      senders: [...crossed.senders, world, range],
      links: [...crossed.links, { from: "s:world", to: "t:x" }],
    };
    expect(orderOf(input)[0]).toBe("s:world s:10.0.0.0/8 s:a s:b s:c");
  });

  it("ignores lines to nodes that are not drawn", () => {
    expect(orderOf({ ...crossed, links: [...crossed.links, { from: "s:gone", to: "t:x" }] })).toEqual(orderOf(crossed));
  });

  it("places an empty graph", () => {
    const layout = graphLayout({ senders: [], tags: [], receivers: [], links: [] });
    expect(layout.byId.size).toBe(0);
    expect(layout.height).toBeGreaterThan(0);
  });

  it("never lets two boxes of a column overlap, and keeps all of them inside the picture", () => {
    const many = Array.from({ length: 60 }, (_, index) => node(`s:${String(index).padStart(2, "0")}`));
    const layout = graphLayout({ ...crossed, senders: many });
    const ys = layout.columns.sender.map(({ y }) => y);
    expect(Math.min(...ys.slice(1).map((y, index) => y - (ys[index] ?? 0)))).toBeGreaterThanOrEqual(30);
    expect(Math.max(...ys)).toBeLessThan(layout.height);
  });
});

describe("any graph", () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-f]{1,3}$/), { maxLength: 9 });
  const graphs = fc.record({ senders: names, tags: names, receivers: names }).chain(({ senders, tags, receivers }) => {
    const pick = (prefix: string, from: readonly string[]) =>
      from.length === 0 ? fc.constant("none") : fc.constantFrom(...from.map((name) => `${prefix}:${name}`));
    const left = fc.record({ from: pick("s", senders), to: pick("t", tags) });
    const right = fc.record({ from: pick("t", tags), to: pick("r", receivers) });
    return fc.record({
      senders: fc.constant(senders.map((name) => node(`s:${name}`))),
      tags: fc.constant(tags.map((name) => node(`t:${name}`))),
      receivers: fc.constant(receivers.map((name) => node(`r:${name}`))),
      links: fc.array(fc.oneof(left, right), { maxLength: 30 }),
    });
  });

  it("has one picture: the order of its input changes nothing", () => {
    fc.assert(
      fc.property(graphs, (input) => {
        const reversed = {
          senders: [...input.senders].reverse(),
          tags: [...input.tags].reverse(),
          receivers: [...input.receivers].reverse(),
          links: [...input.links].reverse(),
        };
        expect(graphLayout(reversed)).toEqual(graphLayout(input));
      }),
    );
  });

  it("is never drawn with more crossings than the order of names gives", () => {
    fc.assert(
      fc.property(graphs, (input) => {
        const named: Columns = [sorted(input.senders), sorted(input.tags), sorted(input.receivers)];
        expect(countCrossings(orderColumns(named, input.links), input.links)).toBeLessThanOrEqual(
          countCrossings(named, input.links),
        );
      }),
    );
  });

  it("has its crossings counted as the definition says", () => {
    fc.assert(
      fc.property(graphs, (input) => {
        const columns: Columns = [input.senders, input.tags, input.receivers];
        expect(countCrossings(columns, input.links)).toBe(
          crossingsByDefinition(columns[0], columns[1], input.links) +
            crossingsByDefinition(columns[1], columns[2], input.links),
        );
      }),
    );
  });
});

function sorted(column: readonly LayoutNode[]): readonly LayoutNode[] {
  return [...column].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function crossingsByDefinition(
  left: readonly LayoutNode[],
  right: readonly LayoutNode[],
  links: readonly ColumnLink[],
): number {
  const ends = links
    .map(({ from, to }) => [left.findIndex(({ id }) => id === from), right.findIndex(({ id }) => id === to)] as const)
    .filter(([from, to]) => from >= 0 && to >= 0);
  const pairs = ends.flatMap((a, index) => ends.slice(index + 1).map((b) => [a, b] as const));
  return pairs.filter(([a, b]) => (a[0] - b[0]) * (a[1] - b[1]) < 0).length;
}
