import type { Page } from "@playwright/test";
import { axeViolations } from "../support/axe-violations.ts";
import { expect, openBoard, test } from "../support/board-test.ts";
import { imported, linkIds, node, panel, WEB_TAGS } from "../support/graph-page.ts";
import { estate, walkthrough } from "../support/sample-estates.ts";

const rowIds = (page: Page) =>
  page.locator("[data-row]").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-row") ?? ""));
const places = (page: Page) =>
  page.locator("[data-node]").evaluateAll((boxes) =>
    boxes.map((box) => {
      const { x, y } = box.getBoundingClientRect();
      return `${box.getAttribute("data-node")} ${Math.round(x)} ${Math.round(y)}`;
    }),
  );

test("the added tag draws one line and opens one pair, live; without it both are gone", async ({
  page,
  seed,
  keys,
}) => {
  await seed({ profiles: imported });
  await openBoard(page, "/graph");
  await expect(node(page, "key:tag:APP_7890")).toContainText("0 · 1");
  const [linksBefore, placesBefore] = [await linkIds(page), await places(page)];

  await keys.put(WEB_TAGS, ["WEB", "APP_7890"]);
  await expect(page.locator('[data-link="holds from:WEB key:tag:APP_7890"]')).toBeAttached();
  expect((await linkIds(page)).filter((id) => !linksBefore.includes(id))).toEqual(["holds from:WEB key:tag:APP_7890"]);
  expect(await places(page), "boxes do not travel").toEqual(placesBefore);
  await expect(panel(page)).toContainText("Opens");
  await expect(panel(page).locator("[data-pair='WEB>APP']")).toContainText("tcp 7890");
  await expect(page.getByText(/^Rev \d+ opens WEB → APP tcp 7890$/)).toBeAttached();

  await page.keyboard.press("t");
  await expect(page.locator("[data-row='WEB>APP']")).toContainText("tcp 7890; icmp type 8");
  const rowsWith = await page.locator("[data-row]").allInnerTexts();
  await keys.put(WEB_TAGS, ["WEB"]);
  await expect(page.locator("[data-row='WEB>APP']")).not.toContainText("tcp 7890");
  const rowsWithout = await page.locator("[data-row]").allInnerTexts();
  expect(rowsWith.filter((text) => !rowsWithout.includes(text)).length, "exactly one row changed").toBe(1);
  await expect(page.getByText(/^Rev \d+ closes WEB → APP tcp 7890$/)).toBeAttached();
});

test("the estate of the mockups has its 52 pairs and two stops, and as many rows as edges", async ({ page, seed }) => {
  await seed(estate);
  await openBoard(page, "/graph");
  await expect(panel(page)).toContainText("52 of 144 pairs open");
  await expect(page.locator("[data-stop]")).toHaveCount(2);
  const edges = Number(await page.locator("[data-pair-count]").getAttribute("data-pair-count"));
  await page.getByText("Table", { exact: true }).first().click();
  await expect.poll(() => rowIds(page)).toHaveLength(edges);
  expect(await page.getByRole("treegrid", { name: /^Open pairs/ }).getAttribute("aria-rowcount")).toBe(
    String(edges + 1),
  );
  await page.locator("[data-row='CI>DB'] [data-row-button]").focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.locator("[data-piece]").first()).toContainText("out: CI 2");
  await page.keyboard.press("b");
  await expect(page.locator("[data-row='CI>DB sender']")).toContainText("rule 1");
  await expect(page.locator("[data-row]")).toHaveCount(2);
});

test("choosing a sender and a receiver argues the verdict; the address brings it back", async ({ page, seed }) => {
  await seed(estate);
  await openBoard(page, "/graph");
  await node(page, "from:WEB").click();
  await expect(panel(page).getByRole("heading", { level: 2 })).toHaveText(/^WEB can reach \d+ places$/);
  await node(page, "to:APP").click();
  await expect(panel(page).getByRole("heading", { level: 2 })).toHaveText("WEB can reach APP");
  await expect(panel(page)).toContainText("on tcp 7890; icmp type 8");
  await expect(panel(page)).toContainText("WEB holds it, APP admits it");
  await expect(panel(page).locator("[data-deciding]")).toHaveCount(3);
  await expect(panel(page)).toContainText("If WEB loses APP_7890");
  await expect(panel(page).locator("[data-pair]")).toHaveCount(1);
  await expect(panel(page).locator("[data-pair='WEB>APP']")).toContainText("tcp 7890");
  await expect(page.locator('[data-path-label="key:tag:APP_7890"]')).toHaveText("tcp 7890");
  await expect(page).toHaveURL(/\/graph\?from=WEB&to=APP$/);
  const address = page.url();
  await page.goto("/profiles");
  await page.goto(address);
  await expect(node(page, "key:tag:APP_7890")).toHaveAttribute("aria-pressed", "true");
  await expect(panel(page).getByRole("heading", { level: 2 })).toHaveText("WEB can reach APP");
});

test("a pair that cannot be names the key that is missing, and a stop names its side", async ({ page, seed }) => {
  await seed(estate);
  await openBoard(page, "/graph?from=LB&to=APP");
  await expect(panel(page).getByRole("heading", { level: 2 })).toHaveText("LB cannot reach APP");
  await expect(panel(page)).toContainText("no outbound rule of LB lets it out");
  await expect(panel(page)).toContainText("APP inbound 1 asks for it, LB lacks it");
  await expect(panel(page)).toContainText("APP would let something in");
  await page.goto("/graph?from=CI&to=DB");
  await expect(panel(page)).toContainText("CI → DB tcp 5432");
  await expect(panel(page)).toContainText("stopped by CI’s outbound 1; DB would let it in");
});

test("the picture is the same after a reload", async ({ page, seed }) => {
  await seed(estate);
  await openBoard(page, "/graph");
  await expect(node(page, "from:WEB")).toBeVisible();
  const before = await places(page);
  await page.reload();
  await expect(node(page, "from:WEB")).toBeVisible();
  expect(await places(page)).toEqual(before);
});

test("an empty cluster, an unreadable profile and a link to what is gone say so", async ({ page, seed, keys }) => {
  await openBoard(page, "/graph");
  await expect(page.getByRole("heading", { name: "No profiles yet" })).toBeVisible();
  await seed({ profiles: { BAD: { tags: ["BAD"], rules: { inbound_rules: [{ port: 80 }], outbound_rules: [] } } } });
  await expect(node(page, "from:BAD")).toContainText("invalid");
  await node(page, "to:BAD").click();
  await expect(panel(page)).toContainText("Its rules cannot be read: new traffic that reaches it is dropped");
  await keys.remove("/calico/v1/policy/profile/BAD/tags");
  await seed(walkthrough);
  await page.goto("/graph?from=GONE");
  await expect(page.getByText(/GONE.*is not there any more/)).toBeVisible();
});

test("more boxes than a picture holds are grouped, and a filter draws a part", async ({ page, seed }) => {
  const many = Array.from({ length: 160 }, (_, index) => {
    const rule = { action: "allow", protocol: "tcp", src_tag: `T${index - 1}`, dst_ports: [index + 1] };
    const rules = { inbound_rules: [rule], outbound_rules: [{ action: "allow" }] };
    return [`P${index}`, { tags: [`T${index}`], rules }] as const;
  });
  await seed({ profiles: Object.fromEntries(many) });
  await openBoard(page, "/graph");
  await expect(page.getByText(/boxes are more than a picture can hold/)).toBeVisible();
  await expect.poll(() => page.locator("[data-node]").count()).toBeLessThan(130);
  await node(page, "from:P9*").click();
  await expect(panel(page)).toContainText("11 profiles drawn as one box");
  await page.goto("/graph?q=from:P3");
  await expect(node(page, "from:P3")).toBeVisible();
  await expect(node(page, "to:P4")).toBeVisible();
  await expect(node(page, "to:P5")).toHaveCount(0);
  await page.goto("/graph?q=form:P3");
  await expect(page.locator("[data-query-issue='1']")).toContainText("Did you mean from?");
});

test("nothing scrolls sideways at 320 pixels", async ({ page, seed }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await seed(estate);
  for (const path of ["/graph", "/graph?view=table", "/graph?view=matrix", "/graph?from=WEB&to=APP"]) {
    await openBoard(page, path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(320);
  }
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on the graph and its table, ${colorScheme}`, async ({ page, seed }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await openBoard(page, "/graph");
    expect(await axeViolations(page), "empty").toEqual([]);
    await seed(estate);
    await expect(node(page, "from:WEB")).toBeVisible();
    expect(await axeViolations(page), "columns").toEqual([]);
    await node(page, "from:CI").click();
    await node(page, "to:DB").click();
    await expect(panel(page)).toContainText("CI can reach DB");
    expect(await axeViolations(page), "pair").toEqual([]);
    await node(page, "key:tag:DB_5432").click();
    expect(await axeViolations(page), "key").toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("t");
    await expect(page.getByRole("treegrid")).toBeVisible();
    expect(await axeViolations(page), "tree grid").toEqual([]);
    await page.keyboard.press("m");
    await expect(page.locator("[data-matrix]")).toBeVisible();
    expect(await axeViolations(page), "matrix").toEqual([]);
    await page.getByText("Free", { exact: true }).first().click();
    await expect(page.locator("[data-place='WEB']")).toBeVisible();
    expect(await axeViolations(page), "free").toEqual([]);
  });
}
