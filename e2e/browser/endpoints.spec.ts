import type { Page } from "@playwright/test";
import { axeViolations } from "../support/axe-violations.ts";
import { expect, openBoard, test } from "../support/board-test.ts";
import { readValue } from "../support/read-value.ts";
import { estate, walkthrough } from "../support/sample-estates.ts";

const KEY = "/calico/v1/host/node-1/workload/manual/web-1/endpoint/web-1";
const PATH = "/endpoints?endpoint=node-1%2Fmanual%2Fweb-1%2Fweb-1";

const endpoint = (profile_ids: readonly string[]) => ({
  state: "active",
  name: "cali0001",
  mac: "ee:ee:ee:ee:00:01",
  profile_ids,
  ipv4_nets: ["10.65.0.1/32"],
  ipv6_nets: [],
  labels: { kept: "as written" },
});

const line = (page: Page, id: string) => page.locator(`[data-endpoint="${id}"]`);
const panel = (page: Page) => page.getByRole("complementary", { name: "Endpoint web-1" });
const order = (page: Page) =>
  panel(page)
    .getByRole("list", { name: "Profiles in order" })
    .locator("[data-profile]")
    .evaluateAll((items) => items.map((item) => item.getAttribute("data-profile")));
const save = (page: Page) => panel(page).getByRole("button", { name: /^Save/ });

test("lists endpoints with their profiles in order, and marks what cannot work", async ({ page, seed, keys }) => {
  await seed({ ...walkthrough, endpoints: { "web-1": endpoint(["WEB", "GONE"]) } });
  await keys.put("/calico/v1/host/node-2/workload/manual/web-2/endpoint/web-2", { state: "on", name: 7 });
  await openBoard(page, "/endpoints");
  const row = line(page, "node-1/manual/web-1/web-1");
  await expect(row).toContainText("cali0001");
  await expect(row).toContainText("10.65.0.1");
  await expect(row).toContainText("does not exist");
  await expect(line(page, "node-2/manual/web-2/web-2")).toContainText("Cannot be read");
  await page.getByRole("button", { name: /^web-2/ }).click();
  const why = page.getByRole("complementary", { name: "Endpoint web-2" });
  await expect(why.getByRole("heading", { name: "Why it cannot be read" })).toBeVisible();
  await expect(why.getByRole("listitem").first()).toBeVisible();
  await expect(why).toContainText('"state":"on"');
});

test("assigns profiles in order, with the consequence said before and every other field kept", async ({
  page,
  seed,
  etcd,
}) => {
  await seed({ ...walkthrough, endpoints: { "web-1": endpoint(["WEB"]) } });
  await openBoard(page, PATH);
  await panel(page).getByLabel("Add a profile").selectOption("APP");
  await panel(page).getByRole("button", { name: "Add", exact: true }).click();
  await expect(panel(page).locator("[data-effect]")).toContainText("web-1 gains");
  await panel(page).getByRole("button", { name: "Move APP up" }).click();
  expect(await order(page)).toEqual(["APP", "WEB"]);
  await expect(save(page)).toHaveText("Save · APP → WEB");
  await save(page).click();
  await expect(page.getByText(/^Saved as rev \d+$/).first()).toBeVisible();
  expect(await readValue(etcd.endpoint, KEY)).toEqual(endpoint(["APP", "WEB"]));
  await expect(save(page)).toBeHidden();
});

test("reorders by keyboard and by pointer, and removes", async ({ page, seed, etcd }) => {
  const profiles = { ...walkthrough.profiles, DB: { tags: ["DB"], rules: { inbound_rules: [], outbound_rules: [] } } };
  await seed({ profiles, endpoints: { "web-1": endpoint(["WEB", "APP", "DB"]) } });
  await openBoard(page, PATH);
  const grip = (id: string) => panel(page).getByRole("button", { name: new RegExp(`^${id}, position`) });
  await grip("WEB").focus();
  await page.keyboard.press("Alt+End");
  await expect(panel(page).getByText("WEB moved to position 3 of 3")).toBeAttached();
  await expect(grip("WEB")).toBeFocused();
  await page.keyboard.press("Alt+ArrowUp");
  expect(await order(page)).toEqual(["APP", "WEB", "DB"]);

  const [from, to] = [await grip("DB").boundingBox(), await grip("APP").boundingBox()];
  if (from === null || to === null) throw new Error("no grips");
  await page.mouse.move(from.x + 8, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(to.x + 8, to.y - 4, { steps: 6 });
  await page.mouse.up();
  expect(await order(page)).toEqual(["DB", "APP", "WEB"]);

  await panel(page).getByRole("button", { name: "Remove APP" }).click();
  await expect(panel(page).locator("[data-effect]")).toContainText("web-1 loses");
  await save(page).click();
  await expect(page.getByText(/^Saved as rev \d+$/).first()).toBeVisible();
  expect(await readValue(etcd.endpoint, KEY)).toMatchObject({ profile_ids: ["DB", "WEB"] });
});

test("a list that someone else changed is not overwritten", async ({ page, seed, keys, etcd }) => {
  await seed({ ...walkthrough, endpoints: { "web-1": endpoint(["WEB"]) } });
  await openBoard(page, PATH);
  await panel(page).getByRole("button", { name: "Remove WEB" }).click();
  await keys.put(KEY, endpoint(["APP"]));
  await expect(panel(page).getByText("The stored list changed meanwhile")).toBeVisible();
  await save(page).click();
  await expect(panel(page).getByText("Not saved: the list changed meanwhile")).toBeVisible();
  expect(await readValue(etcd.endpoint, KEY)).toEqual(endpoint(["APP"]));
  await panel(page).getByRole("button", { name: "Discard" }).click();
  expect(await order(page)).toEqual(["APP"]);
});

test("another program's change appears without a reload", async ({ page, seed, keys }) => {
  await seed({ ...walkthrough, endpoints: { "web-1": endpoint(["WEB"]) } });
  await openBoard(page, "/endpoints");
  await keys.put(KEY, endpoint(["WEB", "APP"]));
  await expect(line(page, "node-1/manual/web-1/web-1")).toContainText("APP");
});

test("says what a host's own agent reports, and nothing where none does", async ({ page, seed, keys }) => {
  await seed({ ...walkthrough, endpoints: { "web-1": endpoint(["WEB"]) } });
  await openBoard(page, PATH);
  await expect(panel(page)).toContainText("none reports for node-1");
  const status = {
    host: "node-1",
    version: "0.1.0",
    appliedRevision: 1,
    backend: "nft",
    inSync: true,
    rejected: [],
    endpoints: { cali0001: "up" },
    startedAt: "2026-11-23T00:00:00Z",
  };
  await keys.put("/tortie/v1/host/node-1/status", status);
  await expect(panel(page)).toContainText(/at rev 1, the policy is at \d+/);
  await expect(panel(page)).toContainText("says its interface is up");
});

test("finds endpoints by host, address and profile, by keyboard", async ({ page, seed }) => {
  await seed(estate);
  await openBoard(page, "/endpoints");
  await expect(page.locator("[data-endpoint]")).toHaveCount(40);
  await page.keyboard.press("/");
  await page.keyboard.type("node-03 db");
  await expect(page.locator("[data-endpoint]")).toHaveCount(1);
  await expect(page).toHaveURL(/q=node-03\+db/);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: /^db-1/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("complementary", { name: "Endpoint db-1" })).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on the endpoints and their panel, ${colorScheme}`, async ({ page, seed, keys }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await openBoard(page, "/endpoints");
    await expect(page.getByRole("heading", { name: "No endpoints yet" })).toBeVisible();
    expect(await axeViolations(page), "empty").toEqual([]);
    await seed({ ...walkthrough, endpoints: { "web-1": endpoint(["WEB", "GONE"]) } });
    await keys.put("/calico/v1/host/node-2/workload/manual/web-2/endpoint/web-2", "nonsense");
    await page.getByRole("button", { name: /^web-1/ }).click();
    await panel(page).getByRole("button", { name: "Move GONE up" }).click();
    expect(await axeViolations(page), "a draft").toEqual([]);
    await page.getByRole("button", { name: /^web-2/ }).click();
    await expect(page.getByRole("heading", { name: "Why it cannot be read" })).toBeVisible();
    expect(await axeViolations(page), "invalid").toEqual([]);
  });
}
