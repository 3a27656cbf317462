import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { card, expect, openBoard, test } from "../support/board-test.ts";
import type { SeedState } from "../support/seed-state.ts";

const estatePath = fileURLToPath(new URL("../../lib/testing/estate-12.json", import.meta.url));
const estate = JSON.parse(readFileSync(estatePath, "utf8")) as SeedState;

async function violations(page: Page): Promise<readonly string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on the board, its dialogs and a draft, ${colorScheme}`, async ({ page, seed }) => {
    test.setTimeout(150_000);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await openBoard(page);
    await expect(page.getByRole("heading", { name: "No profiles yet" })).toBeVisible();
    expect(await violations(page), "first run").toEqual([]);
    await seed(estate);
    await expect(card(page, "WEB")).toBeVisible();
    await card(page, "APP").locator("[data-direction=inbound] [data-rule='1'] [data-row-button]").focus();
    await page.keyboard.press("Alt+ArrowDown");
    await expect(card(page, "APP").getByRole("button", { name: /^Save · / })).toBeVisible();
    expect(await violations(page), "board, draft and message").toEqual([]);
    await card(page, "APP").focus();
    for (const { key, dialog } of [
      { key: "a", dialog: /New rule/ },
      { key: "t", dialog: /Tags of APP/ },
      { key: "n", dialog: /New profile/ },
    ]) {
      await page.keyboard.press(key);
      await page.getByRole("dialog", { name: dialog }).locator("input:not([type=radio])").first().fill("not one!");
      expect(await violations(page), String(dialog)).toEqual([]);
      await page.keyboard.press("Escape");
      await expect(card(page, "APP")).toBeFocused();
    }
    await page.goto("/profiles/APP");
    await expect(page.locator("[data-impact-bar]")).toBeVisible();
    expect(await violations(page), "profile page").toEqual([]);
  });
}

test("eight whole cards fit at 1440 by 900, each with both tails", async ({ page, seed }) => {
  await seed(estate);
  await openBoard(page);
  await expect(page.locator("article")).toHaveCount(12);
  const whole = await page.locator("article").evaluateAll((cards) => {
    const board = document.querySelector("[data-board]")?.getBoundingClientRect();
    return cards.filter((each) => each.getBoundingClientRect().bottom <= (board?.bottom ?? 0)).length;
  });
  expect(whole).toBe(8);
  const cut = await page
    .locator("article")
    .evaluateAll((cards) =>
      cards.filter(
        (each) =>
          each.getBoundingClientRect().height !== 304 ||
          each.querySelectorAll("[data-tail]").length !== 2 ||
          each.scrollHeight > each.clientHeight,
      ),
    );
  expect(cut).toEqual([]);
});

test("the filter finds names, tags, ports and addresses, and stands in the address", async ({ page, seed }) => {
  await seed(estate);
  await openBoard(page);
  const field = page.getByRole("searchbox");
  const shown = () =>
    page.locator("article").evaluateAll((cards) => cards.map((each) => each.getAttribute("data-profile")));
  for (const [query, expected] of [
    ["7890", ["APP", "HEALTH", "OPS", "WEB"]],
    ["10.20.1.1", ["OPS"]],
    ["cache_6379 app", ["APP", "BATCH", "CACHE"]],
  ] as const) {
    await field.fill(query);
    await expect
      .poll(async () => (await shown()).filter((id) => !(expected as readonly (string | null)[]).includes(id)))
      .toEqual([]);
    expect((await shown()).length).toBeGreaterThan(0);
  }
  await page.reload();
  await expect(field).toHaveValue("cache_6379 app");
  await field.fill("8443");
  await expect(page.getByText("No profile has “8443”")).toBeVisible();
  await page.getByRole("button", { name: "Clear filter" }).click();
  await expect(page.locator("article")).toHaveCount(12);
});

test("a thousand profiles are read, searched and walked", async ({ page, seed }) => {
  const profiles = Object.fromEntries(
    Array.from({ length: 1_000 }, (_, index) => {
      const id = `P${String(index).padStart(4, "0")}`;
      const rules = Array.from({ length: 10 }, (__, port) => ({
        action: "allow",
        protocol: "tcp",
        dst_ports: [index + port + 1],
        src_tag: `T${index % 97}`,
      }));
      return [id, { tags: [id, `T${index % 97}`], rules: { inbound_rules: rules, outbound_rules: rules } }];
    }),
  );
  test.setTimeout(120_000);
  await seed({ profiles });
  await openBoard(page);
  await expect(page.locator("article").first()).toBeVisible();
  expect(await page.locator("article").count(), "only the rows in sight are drawn").toBeLessThan(60);
  const board = page.getByRole("region", { name: "Cards" });
  await card(page, "P0004").locator("[data-direction=inbound] [data-rule='1']").hover();
  await page.mouse.wheel(0, 400);
  await expect
    .poll(() => board.evaluate((each) => each.scrollTop), "the wheel moves the board, not a card's list")
    .toBe(400);
  await page.getByRole("searchbox").fill("P0777");
  await expect(card(page, "P0777")).toBeVisible();
  await expect(page.locator("article")).toHaveCount(1);
  await page.getByRole("searchbox").fill("");
  await card(page, "P0000").focus();
  await page.keyboard.press("End");
  await expect(card(page, "P0999")).toBeFocused();
});

test("the board answers this machine only, to itself only", async ({ board, seed }) => {
  await seed({ profiles: { WEB: { tags: ["WEB"], rules: { inbound_rules: [], outbound_rules: [] } } } });
  const { request } = await import("node:http");
  const { port } = new URL(board.url);
  type Asked = { readonly path: string; readonly headers: Readonly<Record<string, string>>; readonly body?: Buffer };
  const status = (method: string, { path, headers, body }: Asked) =>
    new Promise<number | undefined>((resolve, reject) => {
      const asked = request({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on("error", reject);
      asked.end(body);
    });
  const own = `127.0.0.1:${port}`;
  expect(await status("GET", { path: "/profiles", headers: { host: "evil.example" } })).toBe(421);
  expect(await status("GET", { path: "/api/state", headers: { host: `evil.example:${port}` } })).toBe(421);
  expect(await status("GET", { path: "/api/state", headers: { host: `localhost:${port}` } })).toBe(200);
  const foreign = { host: own, origin: "http://evil.example" };
  expect(await status("GET", { path: "/api/state", headers: foreign })).toBe(403);
  expect(await status("POST", { path: "/profiles", headers: { ...foreign, "next-action": "x" } })).toBe(403);
  const body = Buffer.alloc(7 * 1024 * 1024);
  expect(await status("POST", { path: "/profiles", headers: { host: own, origin: `http://${own}` }, body })).toBe(413);
});

test("a phone sees one column, nothing scrolls sideways", async ({ page, seed }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await seed(estate);
  await openBoard(page);
  await expect(card(page, "APP")).toBeVisible();
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  }
});

test("the first load of the board stays within 200 kB of script, gzipped", async ({ page, seed }) => {
  // What is read a second after the page stands is no first load, however slow the machine.
  await page.addInitScript(() => {
    const later = window.setTimeout;
    const soon = (run: TimerHandler, ms?: number) => ((ms ?? 0) < 1_000 ? later(run, ms) : 0);
    window.setTimeout = soon as typeof window.setTimeout;
  });
  await seed(estate);
  await openBoard(page);
  await expect(card(page, "APP")).toBeVisible();
  // What the document itself asks for: on a slow machine later parts have begun to come in by now.
  const bytes = await page.evaluate(async () => {
    const html = await (await fetch(location.pathname)).text();
    const named = new Set([...html.matchAll(/<script[^>]* src="([^"]+)"/g)].map(([, path]) => path));
    return performance
      .getEntriesByType("resource")
      .filter((entry) => named.has(new URL(entry.name).pathname))
      .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0);
  });
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThanOrEqual(200_000);
});
