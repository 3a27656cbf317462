import type { Page } from "@playwright/test";
import { axeViolations } from "../support/axe-violations.ts";
import { card, expect, openBoard, test, toast } from "../support/board-test.ts";
import { estate, walkthrough } from "../support/sample-estates.ts";

test("findings are badges that lead to the rule, and saved filters that stand in the address", async ({
  page,
  seed,
}) => {
  const shadowed = { action: "deny", protocol: "tcp", dst_ports: [80] };
  const inbound_rules = [{ action: "allow", protocol: "tcp", dst_ports: [80, 443] }, shadowed];
  const WEB = { tags: ["WEB"], rules: { inbound_rules, outbound_rules: [{ action: "allow" }] } };
  await seed({ profiles: { ...walkthrough.profiles, WEB } });
  await openBoard(page);
  await page.getByRole("button", { name: /^Idle rules/ }).click();
  await expect(page.locator("article")).toHaveCount(1);
  await expect(page).toHaveURL(/view=never/);
  await card(page, "WEB").locator("[data-findings]").click();
  await page.getByRole("menuitem", { name: /inbound 2 .*never matches/ }).click();
  await expect(card(page, "WEB").locator("[data-direction=inbound] [data-rule='2'] [data-row-button]")).toBeFocused();
  await page.reload();
  await expect(page.getByRole("button", { name: /^Idle rules/ })).toHaveAttribute("aria-pressed", "true");
  await expect(page.locator("article"), "the filter waits for the judge").toHaveCount(1);
});

test("a port is replaced in several profiles at once, with all it opens and closes before", async ({
  page,
  seed,
  keys,
}) => {
  await seed(estate);
  await openBoard(page, "/profiles?as=table");
  await page.getByRole("checkbox", { name: "Select APP" }).check();
  await page.getByRole("checkbox", { name: "Select HEALTH" }).check();
  await expect(page).toHaveURL(/selected=APP(%2C|,)HEALTH/);
  await page.getByRole("button", { name: "Replace a port…" }).click();
  const dialog = page.getByRole("dialog", { name: "Replace a port in 2 profiles" });
  await dialog.getByLabel("Port to replace").fill("7890");
  await dialog.getByLabel("By", { exact: true }).fill("7891");
  await expect(dialog.getByRole("region", { name: "Changes" }).getByRole("heading")).toHaveText(["APP", "HEALTH"]);
  await expect(dialog.locator("[data-pair='WEB>APP']").first()).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
  await dialog.getByRole("button", { name: /^Save · opens \d+, closes \d+$/ }).click();
  await expect(toast(page)).toContainText("2 profiles in one transaction");
  for (const id of ["APP", "HEALTH"]) {
    const rules = await keys.get(`/calico/v1/policy/profile/${id}/rules`);
    expect(rules).toContain("7891");
    // The tag APP_7890 keeps its name.
    expect(rules).not.toContain("[7890]");
  }
});

test("what others change says so and stays where it is; the table sorts by its heads", async ({ page, seed, keys }) => {
  await seed(estate);
  await openBoard(page);
  const rules = JSON.parse((await keys.get("/calico/v1/policy/profile/WEB/rules")) ?? "{}");
  const before = await card(page, "WEB").boundingBox();
  await keys.put("/calico/v1/policy/profile/WEB/rules", { ...rules, outbound_rules: [] });
  await expect(card(page, "WEB").getByText(/^changed \d+ s ago/)).toBeVisible();
  expect(await card(page, "WEB").boundingBox()).toEqual(before);
  await expect(page.getByText(/^changed \d+ s ago/)).toHaveCount(1);
  await page.getByRole("button", { name: "Table" }).click();
  await page.getByRole("columnheader", { name: "Changed" }).getByRole("button").click();
  await expect(page.getByRole("columnheader", { name: "Changed" })).toHaveAttribute("aria-sort", "descending");
  await expect(page.getByRole("rowheader").first()).toHaveText("WEB");
});

test("the palette goes, acts and answers, by keyboard alone", async ({ page, seed }) => {
  test.slow();
  await seed(estate);
  await openBoard(page);
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: /^Search, act, or ask/ });
  await field.fill("can web reach app 7890");
  const answer = page.locator("[data-asked]");
  await expect(answer).toContainText("Yes. WEB can reach APP on tcp/7890.");
  await expect(answer).toContainText("It hangs on WEB outbound 1, APP inbound 1 and the tag APP_7890.");
  expect(await axeViolations(page)).toEqual([]);
  await field.fill("can lb reach app 7890");
  await expect(answer).toContainText("No. LB cannot reach APP on tcp/7890.");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/check\?from=profile%3ALB&to=profile%3AAPP&on=tcp%2F7890$/);
  await page.keyboard.press("Control+k");
  await field.fill("can lb reach ap on 7890");
  await expect(page.getByText("Did you mean")).toBeVisible();
  await field.fill("dark");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.keyboard.press("Control+k");
  await field.fill("new pro");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "New profile" })).toBeVisible();
});

test("every verdict is told by its shape: no two marks are alike in grey", async ({ page, seed }) => {
  await seed(estate);
  await openBoard(page);
  await expect(card(page, "CI")).toBeVisible();
  const shapes = await markShapes(page);
  expect([...shapes].sort()).toEqual([
    ["allow", "circle filled whole, path open whole"],
    ["deny", "circle open broken, path open whole"],
    ["no-match", "circle open broken, path open whole"],
  ]);
  const grey = async (mark: string) => {
    await page.locator("html").evaluate((html) => html.style.setProperty("filter", "grayscale(1)"));
    return page.locator(`article svg[data-mark="${mark}"]`).first().screenshot();
  };
  const [allow, deny, noMatch] = [await grey("allow"), await grey("deny"), await grey("no-match")];
  const difference = (a: Buffer, b: Buffer) =>
    page.evaluate(
      async ([one, other]) => {
        const lightness = async (data: string) => {
          const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
          const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
          const canvas = new OffscreenCanvas(14, 14);
          const context = canvas.getContext("2d");
          context?.drawImage(image, 0, 0, 14, 14);
          return [...(context?.getImageData(0, 0, 14, 14).data ?? [])].filter((_, index) => index % 4 === 0);
        };
        const [first, second] = [await lightness(one), await lightness(other)];
        return first.filter((value, index) => Math.abs(value - (second[index] ?? 0)) > 40).length;
      },
      [a.toString("base64"), b.toString("base64")] as const,
    );
  expect(await difference(allow, deny), "allow and deny").toBeGreaterThan(40);
  expect(await difference(deny, noMatch), "deny and no match").toBeGreaterThan(10);
  expect(await difference(allow, noMatch), "allow and no match").toBeGreaterThan(40);
});

test("marks have one shape wherever they stand, and no page tells a verdict by colour alone", async ({
  page,
  seed,
}) => {
  await seed(estate);
  await openBoard(page);
  const known = await markShapes(page);
  for (const path of ["/profiles/DB", "/check?from=profile%3ALB&to=profile%3AAPP&on=tcp%2F7890", "/graph?view=table"]) {
    await openBoard(page, path);
    await expect.poll(async () => (await markShapes(page)).size, { message: path }).toBeGreaterThan(0);
    for (const [mark, shape] of await markShapes(page)) if (known.has(mark)) expect(shape, path).toBe(known.get(mark));
  }
});

/** How the first mark of each kind is drawn, colour aside. */
async function markShapes(page: Page): Promise<ReadonlyMap<string, string>> {
  const drawn = await page.locator("svg[data-mark]").evaluateAll((marks) =>
    marks.map((mark) => {
      const parts = [...mark.querySelectorAll("circle, path")].map((each) => {
        const { fill, strokeDasharray } = getComputedStyle(each);
        return `${each.tagName} ${fill === "none" ? "open" : "filled"} ${strokeDasharray === "none" ? "whole" : "broken"}`;
      });
      return [mark.getAttribute("data-mark") ?? "", parts.join(", ")] as const;
    }),
  );
  return new Map(drawn);
}

test("at 320 px, at 400 % and without motion nothing scrolls sideways or moves", async ({ page, seed }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await seed(estate);
  // 1280 px at 400 % is 320 px wide and 256 high.
  await page.setViewportSize({ width: 320, height: 256 });
  for (const path of [
    "/profiles",
    "/profiles?selected=APP,DB",
    "/profiles?q=nothing-has-this&view=open",
    "/profiles/APP",
  ]) {
    await openBoard(page, path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBe(320);
  }
  const moving = await page.evaluate(
    () =>
      [...document.querySelectorAll("*")].filter((each) => {
        const { transitionDuration, animationDuration } = getComputedStyle(each);
        return [transitionDuration, animationDuration].some((text) => Number.parseFloat(text) > 0.02);
      }).length,
  );
  expect(moving).toBe(0);
});
