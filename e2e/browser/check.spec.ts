import type { Page } from "@playwright/test";
import { axeViolations } from "../support/axe-violations.ts";
import { expect, openBoard, test, toast } from "../support/board-test.ts";
import { estate } from "../support/sample-estates.ts";

const WEB_TAGS = "/calico/v1/policy/profile/WEB/tags";

const verdict = (page: Page) => page.locator("#verdict");
const side = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

test("a question by keyboard alone: verdict, both sides, a link, live, and a draft that turns it round", async ({
  page,
  seed,
  keys,
}) => {
  await seed(estate);
  await openBoard(page);
  await expect(page.getByText("live", { exact: true }).first(), "keys are listened for").toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await expect(page.getByRole("heading", { level: 1, name: "Check" })).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("can wbe reach app 7890");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "Did you mean WEB?" })).toBeVisible();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("can web reach app 7890");
  await page.keyboard.press("Enter");
  await expect(verdict(page)).toHaveText("Yes. WEB can reach APP on tcp/7890.");
  await expect(page.getByTestId("announcer")).toHaveText("Yes. WEB can reach APP on tcp/7890.");
  await expect(page).toHaveURL(/\/check\?from=profile%3AWEB&to=profile%3AAPP&on=tcp%2F7890$/);
  await expect(side(page, "APP inbound").locator("[data-outcome]")).toHaveText([/decides$/, /not reached$/]);
  await expect(page.locator("[data-near]")).toHaveCount(3);

  await keys.put(WEB_TAGS, ["WEB"]);
  await expect(verdict(page)).toHaveText("No. WEB cannot reach APP on tcp/7890.");
  await expect(page.locator("[data-key=APP_7890]")).toContainText("WEB does not hold it");
  await expect(side(page, "APP inbound")).toContainText("needs APP_7890");

  const offer = page.locator("[data-offer]").first();
  await expect(offer).toContainText("Add tag APP_7890");
  await expect(offer).toContainText("Opens 1 pair: WEB → APP tcp 7890.");
  await offer.getByRole("button", { name: "Start this draft" }).press("Enter");
  await expect(toast(page)).toContainText("Draft of WEB");
  await expect(verdict(page)).toHaveText("Yes. WEB can reach APP on tcp/7890.");
  expect(await keys.get(WEB_TAGS), "nothing is written").toBe('["WEB"]');
  await page.keyboard.press("d");
  await expect(verdict(page)).toHaveText("No. WEB cannot reach APP on tcp/7890.");
});

test("an intent turns red within 3 s of a raw write that breaks it, names the revision, and its fix is a draft", async ({
  page,
  seed,
  keys,
}) => {
  await seed(estate);
  await openBoard(page, "/check?from=profile:LB&to=profile:APP&on=tcp/7890");
  await page.getByRole("button", { name: "Save as intent" }).click();
  const dialog = page.getByRole("dialog", { name: "New intent" });
  await expect(dialog.getByRole("radio", { name: /Must not reach/ })).toBeChecked();
  await expect(dialog.getByRole("textbox")).toHaveValue("LB reach APP on tcp/7890");
  await dialog.getByRole("button", { name: "Save intent" }).click();
  await expect(page.locator("[data-intent=holds]")).toHaveCount(1);

  await keys.put("/calico/v1/policy/profile/LB/tags", ["LB", "APP_7890"]);
  await expect(page.locator("[data-intent=holds]"), "one side alone does not break it").toHaveCount(1);
  const rules = { inbound_rules: [], outbound_rules: [{ action: "allow" }] };
  const started = Date.now();
  const revision = await keys.put("/calico/v1/policy/profile/LB/rules", rules);
  const broken = page.locator("[data-intent=broken]");
  await expect(broken).toContainText(`since rev ${revision}, by APP inbound 1`);
  expect(Date.now() - started).toBeLessThan(3_000);
  await expect(page.getByRole("link", { name: /^Check/ }).first()).toContainText("1");

  await broken.getByRole("button", { name: "Draft a fix" }).click();
  await expect(toast(page)).toContainText(/Draft of/);
  await expect(page.locator("[data-intent=holds]")).toHaveCount(1);
});

test("saving what breaks an intent is refused until it is acknowledged, by keyboard", async ({ page, seed, keys }) => {
  await seed(estate);
  const intent = { must: "not-reach", from: "world", to: "profile:DB", protocol: "tcp", dst_ports: [5432] };
  await keys.put("/tortie/v1/intent/db", intent);
  await openBoard(page, "/profiles/DB");
  const stored = await keys.get("/calico/v1/policy/profile/DB/rules");
  await page.keyboard.press("a");
  await page.keyboard.type("allow tcp to ports 5432");
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-impact]")).toBeVisible();
  await page.keyboard.press("Control+s");
  const dialog = page.getByRole("dialog", { name: "Not saved: this breaks an intent" });
  await expect(dialog).toContainText("Anywhere must not reach DB on tcp/5432.");
  await expect(dialog).toContainText(/DB inbound \d+: allow tcp to ports 5432/);
  await page.keyboard.press("Enter");
  await expect(toast(page)).toContainText("Your draft is kept.");
  expect(await keys.get("/calico/v1/policy/profile/DB/rules"), "nothing is written").toBe(stored);
  await page.keyboard.press("Control+s");
  await dialog.getByRole("button", { name: "Save · breaks 1 intent" }).press("Enter");
  await expect(toast(page)).toContainText(/Saved as rev \d+/);
  await openBoard(page, "/check?tab=intents");
  await expect(page.locator("[data-intent=broken]")).toContainText(/since rev \d+, by DB inbound \d+/);
});

test("findings are filtered by the address, and a witness is a question", async ({ page, seed }) => {
  await seed(estate);
  await openBoard(page, "/check?tab=findings&kind=open-to-world&profile=DNS");
  await expect(page.locator("[data-finding]")).toHaveCount(2);
  await page.locator("[data-finding]").first().getByRole("link", { name: "Ask" }).click();
  await expect(verdict(page)).toHaveText(/^Yes\. .* can reach DNS on ipv4 udp\/53\.$/);
});

test("nothing there, a profile that is gone, only unreadable ones, and words that do not parse: each says what to do", async ({
  page,
  seed,
}) => {
  await openBoard(page, "/check");
  await expect(page.getByRole("heading", { name: "No profiles yet" })).toBeVisible();
  await page.goto("/check?from=profile:GONE&to=world");
  await expect(page.getByText("There is no profile GONE. There are no profiles at all yet.")).toBeVisible();
  await seed({ profiles: { BAD: { tags: ["BAD"], rules: { inbound_rules: [{ port: 80 }], outbound_rules: [] } } } });
  await page.goto("/check?from=world&to=profile:BAD&on=tcp/80");
  await expect(verdict(page)).toHaveText("No. Anywhere cannot reach BAD on tcp/80.");
  await expect(side(page, "BAD inbound")).toContainText("Its rules are invalid: everything is dropped");
  await page.goto("/check?from=world&to=profile:BAD&on=tcp/http");
  await expect(page.getByText("“tcp/http” cannot be asked about")).toBeVisible();
});

test("nothing scrolls sideways at 320 pixels, and verdicts are words and shapes", async ({ page, seed, keys }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await seed(estate);
  await keys.put("/tortie/v1/intent/one", { must: "reach", from: "profile:WEB", to: "profile:APP" });
  for (const path of ["/check?from=profile:WEB&to=profile:APP", "/check?tab=intents", "/check?tab=findings"]) {
    await openBoard(page, path);
    await expect(page.locator("[data-verdict], [data-intent], [data-finding]").first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(320);
  }
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on the Check page, ${colorScheme}`, async ({ page, seed, keys }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await seed(estate);
    await keys.put("/tortie/v1/intent/one", { must: "reach", from: "profile:WEB", to: "profile:APP" });
    await keys.put("/tortie/v1/intent/two", { must: "not-reach", from: "world", to: "profile:DB" });
    await openBoard(page, "/check?from=profile:WEB&to=profile:APP&on=tcp/7890");
    await expect(page.locator("[data-near]")).toHaveCount(3);
    await expect(page.locator("[data-intent=broken]")).toHaveCount(2);
    expect(await axeViolations(page), "allowed").toEqual([]);
    await page.getByRole("button", { name: /^From/ }).click();
    expect(await axeViolations(page), "choosing").toEqual([]);
    await openBoard(page, "/check?from=profile:LB&to=profile:APP&on=tcp/7890");
    await expect(page.locator("[data-offer]").first()).toBeVisible();
    expect(await axeViolations(page), "denied").toEqual([]);
    await page.getByRole("button", { name: "Save as intent" }).click();
    expect(await axeViolations(page), "dialog").toEqual([]);
    await openBoard(page, "/check?tab=findings");
    await expect(page.locator("[data-finding]").first()).toBeVisible();
    expect(await axeViolations(page), "findings").toEqual([]);
  });
}
