import { readFileSync } from "node:fs";
import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import { formatNode } from "#analysis/reach/reach-node.ts";
import { reachability } from "#analysis/reach/reachability.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateFile } from "#policy/state-file/parse-state-file.ts";
import { expect, openBoard, test } from "../support/board-test.ts";
import { compactStore } from "../support/etcd-keys.ts";
import { imported, linkIds, node, panel, WEB_TAGS } from "../support/graph-page.ts";
import { estate } from "../support/sample-estates.ts";

test("a link keeps the revision it was made at; the same view live shows exactly what has changed", async ({
  page,
  context,
  seed,
  keys,
  etcd,
  complaints,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await seed({ profiles: imported });
  await keys.put(WEB_TAGS, ["WEB", "APP_7890"]);
  await openBoard(page, "/graph?from=WEB&to=APP&q=from%3AWEB");
  await expect(panel(page)).toContainText("tcp 7890");
  await page.getByText("Copy link").click();
  await expect(page.getByText("Link copied")).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/\/graph\?from=WEB&to=APP&q=from%3AWEB&rev=\d+$/);
  const before = await linkIds(page);

  await keys.put(WEB_TAGS, ["WEB"]);
  await page.goto(link);
  await expect(page.getByText(/^You see rev \d+\. Live is rev \d+\.$/)).toBeVisible();
  await expect(panel(page)).toContainText("tcp 7890");
  expect(await linkIds(page), "the same picture as when the link was made").toEqual(before);
  expect(page.url(), "the same address, byte for byte").toBe(link);

  await page.getByRole("button", { name: "Difference to live" }).click();
  await expect(page.getByText(/1 relation changed/)).toBeVisible();
  expect((await linkIds(page)).filter((id) => id.startsWith("change "))).toEqual([
    "change removed from:WEB key:tag:APP_7890",
    "change removed key:tag:APP_7890 to:APP",
  ]);
  await page.keyboard.press("t");
  await expect(page.locator("[data-row]")).toHaveCount(1);
  await compactStore(etcd.endpoint, await keys.put("/calico/v1/config/Any", "1"));
  await page.goto(link);
  await expect(page.getByRole("heading", { name: /^Rev \d+ is no longer kept$/ })).toBeVisible();
  await page.goto(link.replace("/graph?from=WEB&to=APP", "/check?from=profile:WEB&to=profile:APP"));
  await expect(page.getByText(/^Rev \d+ cannot be asked$/)).toBeVisible();
  await page.getByRole("button", { name: "Ask what is live" }).click();
  await expect(page.locator("#verdict")).toHaveText("In part. WEB can reach APP on icmp type 8.");
  await page.goto("/graph?rev=999999999");
  await expect(page.getByRole("heading", { name: "There is no rev 999999999 yet" })).toBeVisible();
  // The browser writes every 404 to its console, also one that is an answer.
  complaints.length = 0;
  await page.getByRole("button", { name: "Show the same view live" }).click();
  await expect(node(page, "from:WEB")).toBeVisible();
});

test("every export says what the judge says, with revision and time", async ({ page, seed, keys }) => {
  await seed(estate);
  await keys.put("/tortie/v1/intent/one", {
    must: "reach",
    from: "profile:WEB",
    to: "profile:APP",
    protocol: "tcp",
    dst_ports: [7890],
  });
  await keys.put("/tortie/v1/intent/two", { must: "not-reach", from: "world", to: "profile:WEB" });
  await openBoard(page, "/graph");
  await expect(node(page, "from:WEB")).toBeVisible();
  const reach = reachability(snapshotFromEntries(parseStateFile(JSON.stringify(estate)).entries));
  const drawn = reach
    .edges("allowed")
    .filter(({ from, to }) => isDrawn(from, "10.40") && isDrawn(to, "10.20", "10.30"));
  const wanted = drawn.map(
    ({ from, to, relation }) => `${formatNode(from)} ${formatNode(to)} ${formatConnectionSet(relation.allowed)}`,
  );
  const exported = async (name: string) => {
    await page.getByRole("button", { name: "Export" }).click();
    const file = page.waitForEvent("download");
    await page.getByRole("menuitem", { name }).click();
    return readFileSync(await (await file).path());
  };
  const pairsOfCsv = (csv: string) =>
    csv.split("\r\n").flatMap((line) => {
      const [, from, to, words] = /^([^,]*),([^,]*),allowed,(?:"([^"]*)"|.*?),\d+,/.exec(line) ?? [];
      const plain = /^[^,]*,[^,]*,allowed,([^",]*),/.exec(line)?.[1];
      return from === undefined ? [] : [`${from} ${to} ${words ?? plain}`];
    });
  const csv = (await exported("Table of pairs")).toString();
  expect(pairsOfCsv(csv)).toEqual(wanted);
  const dot = (await exported("Graphviz")).toString();
  const edges = [...dot.matchAll(/"(.*)" -> "(.*)" \[label="(.*)"\]/g)].map(
    ([, from, to, words]) => `${from} ${to} ${words}`,
  );
  expect(edges).toEqual(wanted);
  expect(dot).toMatch(/label="revision \d+, 20\d\d-[\dT:-]+Z, everything"/);
  const svg = (await exported("Picture svg")).toString();
  expect(svg.match(/stroke-width="1.5"><title>/g)).toHaveLength(wanted.length);
  const png = await exported("Picture in pixels");
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  const held = png.subarray(png.indexOf("Source\0"), png.indexOf("IDAT")).toString();
  expect(pairsOfCsv(held)).toEqual(wanted);
  const report = (await exported("Audit report")).toString();
  expect(report).toContain("<dt>Scope</dt><dd>everything</dd>");
  const cellsOf = (id: string) =>
    [
      ...(report.split(`<section id="${id}">`)[1]?.split("</section>")[0] ?? "").matchAll(/<tr><td>(.*?)<\/td><\/tr>/g),
    ].map(([, cells]) => (cells ?? "").split("</td><td>"));
  expect(cellsOf("pairs").map((cells) => cells.join(" "))).toEqual(wanted);
  expect(cellsOf("exposure").map((cells) => cells.join(" "))).toEqual(
    wanted.filter((line) => line.startsWith("world ")),
  );
  expect(cellsOf("intents")).toEqual([
    ["Broken", "Anywhere must not reach WEB", expect.stringMatching(/by WEB inbound 1$/)],
    ["Holds", "WEB must reach APP on tcp/7890", ""],
  ]);
});

function isDrawn(node: Parameters<typeof formatNode>[0], ...nets: readonly string[]): boolean {
  return node.kind !== "cidr" || !nets.some((net) => node.cidr.startsWith(net));
}
