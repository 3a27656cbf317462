import { expect, openBoard, test, toast } from "../support/board-test.ts";
import { imported, node, panel, WEB_TAGS } from "../support/graph-page.ts";
import { estate } from "../support/sample-estates.ts";

test("by keyboard alone: walk to a sender, along its key to a receiver, and out again", async ({
  page,
  seed,
  keys,
}) => {
  await seed({ profiles: imported });
  await keys.put(WEB_TAGS, ["WEB", "APP_7890"]);
  await openBoard(page, "/graph");
  await node(page, "from:@world").focus();
  await page.keyboard.press("ArrowDown");
  await expect(node(page, "from:WEB")).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowRight");
  await expect(node(page, "key:tag:APP_7890")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(node(page, "to:APP")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(panel(page).getByRole("heading", { level: 2 })).toHaveText("WEB can reach APP");
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/graph$/);
  await page.keyboard.press("/");
  await page.keyboard.type("from:WEB port:7890");
  await expect(page.locator("[data-pair-count]")).toHaveAttribute("data-pair-count", "2");
});

test("access drawn from a sender to a receiver is proposed, tried, and begun as a draft; nothing is written", async ({
  page,
  seed,
  keys,
}) => {
  await seed({ profiles: imported });
  await openBoard(page, "/graph");
  await expect(node(page, "from:WEB")).toBeVisible();
  const [from, to] = [await node(page, "from:WEB").boundingBox(), await node(page, "to:APP").boundingBox()];
  if (from === null || to === null) throw new Error("no boxes");
  await page.mouse.move(from.x + 40, from.y + 15);
  await page.mouse.down();
  await page.mouse.move(to.x - 30, to.y + 15, { steps: 4 });
  await page.mouse.move(to.x + 30, to.y + 15);
  await page.mouse.up();
  const dialog = page.getByRole("dialog", { name: "Let WEB reach APP" });
  await dialog.getByLabel("What to let through").fill("tcp 99999");
  await expect(dialog).toContainText("99999");
  await dialog.getByLabel("What to let through").fill("tcp 7890");
  const first = dialog.locator("[data-suggestion]").first();
  await expect(first).toContainText("Add tag APP_7890 (WEB)");
  await expect(first.locator("[data-pair]")).toHaveCount(1);
  await first.getByRole("button", { name: "Begin this draft" }).click();
  await page.getByText("Changed", { exact: true }).first().click();
  await expect(page.getByText(/^Your drafts change 1 relation/)).toBeVisible();
  await expect(page.locator("[data-change='added'], [data-change='changed']").first()).toBeVisible();
  expect(JSON.parse((await keys.get(WEB_TAGS)) ?? ""), "nothing is written").toEqual(["WEB"]);
});

test("the matrix is read with its cursor and reordered by keys", async ({ page, seed }) => {
  await seed(estate);
  await openBoard(page, "/graph?view=matrix&order=name");
  await page.locator("[data-matrix]").focus();
  await page.keyboard.press("ArrowDown");
  const said = page.getByTestId("announcer");
  await expect(said).toHaveText("10.20.0.0/16 to Anywhere: nothing");
  await page.goto("/graph?view=matrix&order=name&from=WEB&to=APP");
  await page.locator("[data-matrix]").focus();
  await page.keyboard.press("ArrowRight");
  await expect(said).toHaveText("WEB to BATCH: nothing");
  await page.keyboard.press("ArrowLeft");
  await expect(said).toHaveText("WEB to APP: tcp 7890; icmp type 8");
  await page.keyboard.press("Alt+ArrowRight");
  await expect(page).toHaveURL(/moved=BATCH%3EAPP/);
  await page.keyboard.press("a");
  await expect(page.getByRole("dialog", { name: "Let WEB reach APP" })).toBeVisible();
});

test("by keyboard alone from one box or tag: its editor, a tag given and taken, a rule begun, an intent made", async ({
  page,
  seed,
  keys,
}) => {
  await seed({ profiles: imported });
  await openBoard(page, "/graph?from=WEB");
  await expect(panel(page).getByRole("link", { name: "Open WEB in the editor" })).toHaveAttribute(
    "href",
    "/profiles/WEB",
  );
  await panel(page).getByLabel("Give it a tag").focus();
  await page.keyboard.type("APP_7890");
  await expect(panel(page).locator("[data-tried=APP_7890] [data-pair='WEB>APP']")).toContainText("tcp 7890");
  await panel(page)
    .getByRole("button", { name: /^Begin this draft · opens 1/ })
    .press("Enter");
  await expect(toast(page)).toContainText("Draft of WEB begun");

  await panel(page).getByLabel("Let it reach").focus();
  await page.keyboard.type("APP");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Let WEB reach APP" })).toBeVisible();
  await page.keyboard.press("Escape");

  await page.goto("/graph?key=tag%3AAPP_7890");
  await panel(page).getByLabel("Give it to").fill("APP");
  await expect(panel(page).locator("[data-tried=APP] [data-pair='APP>APP']")).toContainText("tcp 7890");
  expect(JSON.parse((await keys.get(WEB_TAGS)) ?? ""), "nothing is written").toEqual(["WEB"]);

  await page.goto("/graph?from=APP&to=WEB");
  await panel(page).getByRole("link", { name: "Make intent" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "New intent" });
  await expect(dialog.getByLabel("Who, whom, with what")).toHaveValue("APP reach WEB on tcp/80,443");
  await dialog.getByRole("button", { name: "Save intent" }).press("Enter");
  await expect(page.locator("[data-intent=holds]")).toHaveCount(1);
});
