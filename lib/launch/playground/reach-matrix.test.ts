import { describe, expect, it } from "vitest";
import { createReachMatrix, describeChanges, formatMatrix } from "./reach-matrix.mjs";

type Seen = Parameters<typeof describeChanges>[0][number];

const web7890: Seen = { from: "web", to: "app", check: "tcp 7890", family: "IPv4", isOpen: true };
const web7890v6: Seen = { ...web7890, family: "IPv6" };
const closed = (seen: Seen): Seen => ({ ...seen, isOpen: false });

describe("what is news about a connection", () => {
  it("is its opening, once", () => {
    const matrix = createReachMatrix();
    expect(matrix.learn([web7890])).toEqual([web7890]);
    expect(matrix.learn([web7890])).toEqual([]);
  });

  it("is not that it stays closed", () => {
    expect(createReachMatrix().learn([closed(web7890)])).toEqual([]);
  });

  it("is its closing at the second failure in a row, because a busy machine may lose one probe", () => {
    const matrix = createReachMatrix();
    matrix.learn([web7890]);
    expect([matrix.learn([closed(web7890)]), matrix.hasDoubt()]).toEqual([[], true]);
    expect([matrix.learn([closed(web7890)]), matrix.hasDoubt()]).toEqual([[closed(web7890)], false]);
    expect(matrix.learn([closed(web7890)])).toEqual([]);
  });

  it("is nothing when one probe was lost between two that came through", () => {
    const matrix = createReachMatrix();
    matrix.learn([web7890]);
    expect([
      ...matrix.learn([closed(web7890)]),
      ...matrix.learn([web7890]),
      ...matrix.learn([closed(web7890)]),
    ]).toEqual([]);
  });
});

describe("how it is told", () => {
  it("both families together need no name", () => {
    expect(describeChanges([web7890, web7890v6])).toEqual(["web → app opened: tcp 7890"]);
  });

  it("one family alone is named", () => {
    expect(describeChanges([web7890v6])).toEqual(["web → app opened: tcp 7890 (IPv6 only)"]);
  });

  it("changes of one pair share a line, openings and closings apart", () => {
    const ping: Seen = { ...web7890, check: "ping" };
    expect(describeChanges([web7890, web7890v6, ping, closed({ ...web7890, check: "tcp 80" })])).toEqual([
      "web → app opened: tcp 7890, ping (IPv4 only)",
      "web → app closed: tcp 80 (IPv4 only)",
    ]);
  });

  it("the table has a line per pair, also for those that reach nothing", () => {
    const back: Seen = { ...closed(web7890), from: "outside", to: "web" };
    expect(formatMatrix([web7890, web7890v6, back])).toEqual(["web → app      tcp 7890", "outside → web  nothing"]);
  });
});
