import type { Page } from "@playwright/test";
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
