import type { Page } from "@playwright/test";
import { axeViolations } from "../support/axe-violations.ts";
import { card, expect, openBoard, ruleTexts, test, toast } from "../support/board-test.ts";

const rulesKey = (id: string) => `/calico/v1/policy/profile/${id}/rules`;
const inbound = (...ports: readonly number[]) =>
  ports.map((port) => ({ action: "allow", protocol: "tcp", dst_ports: [port] }));
const outbound_rules = [{ action: "allow" }];
const DB = { tags: ["DB"], rules: { inbound_rules: inbound(1, 2, 3), outbound_rules } };
const texts = (...ports: readonly number[]) => ports.map((port) => `allow tcp to ports ${port}`);

test("what another program writes appears within a second, without a reload", async ({ page, seed, keys }) => {
  await seed({ profiles: { DB } });
  await openBoard(page);
  await expect(card(page, "DB")).toBeVisible();
  await page.evaluate(() => Object.assign(globalThis, { wasNotReloaded: true }));
  await keys.put(rulesKey("DB"), { inbound_rules: inbound(9), outbound_rules });
  await expect.poll(() => ruleTexts(page, "DB", "inbound"), { timeout: 1_000, intervals: [50] }).toEqual(texts(9));
  await keys.put("/calico/v1/policy/profile/NEW/tags", ["NEW"]);
  await expect(card(page, "NEW")).toBeVisible({ timeout: 1_000 });
  await keys.remove("/calico/v1/policy/profile/NEW/tags");
  await expect(card(page, "NEW")).toHaveCount(0, { timeout: 1_000 });
  expect(await page.evaluate(() => "wasNotReloaded" in globalThis)).toBe(true);
});

const row = (page: Page, position: number) =>
  card(page, "DB").locator(`[data-direction=inbound] [data-rule='${position}'] [data-row-button]`);
const storedPorts = async (keys: { get: (key: string) => Promise<string | undefined> }) =>
  (JSON.parse((await keys.get(rulesKey("DB"))) ?? "").inbound_rules as { dst_ports: number[] }[]).map(
    (rule) => rule.dst_ports[0],
  );

test("someone else saves under a draft: it is merged, said, and can be taken back step by step", async ({
  page,
  seed,
  keys,
}) => {
  await seed({ profiles: { DB } });
  await openBoard(page);
  // Mine: rule 3 to the top, and rule 2 to the end.
  await row(page, 3).focus();
  await page.keyboard.press("Alt+Home");
  await row(page, 3).focus();
  await page.keyboard.press("Delete");
  await expect.poll(() => ruleTexts(page, "DB", "inbound")).toEqual(texts(3, 1));
  // Theirs: another rule in front, and port 1 is 11 now.
  await keys.put(rulesKey("DB"), { inbound_rules: inbound(9, 11, 2, 3), outbound_rules });
  await expect(toast(page)).toContainText("Someone changed 2 rules of DB while you edited");
  await expect(toast(page)).toContainText(/Merged, nothing to decide\. Your draft now sits on rev \d+\./);
  await expect.poll(() => ruleTexts(page, "DB", "inbound")).toEqual(texts(3, 9, 11));
  await page.reload();
  await row(page, 1).focus();
  await page.keyboard.press("Control+z");
  await expect.poll(() => ruleTexts(page, "DB", "inbound")).toEqual(texts(3, 9, 11, 2));
  await page.keyboard.press("Control+z");
  await expect.poll(() => ruleTexts(page, "DB", "inbound")).toEqual(texts(9, 11, 2, 3));
  await expect(card(page, "DB").locator("[data-impact]")).toHaveCount(0);
  await page.keyboard.press("Control+y");
  await page.keyboard.press("Control+Shift+z");
  await expect.poll(() => ruleTexts(page, "DB", "inbound")).toEqual(texts(3, 9, 11));
  await page.keyboard.press("Control+s");
  await expect(toast(page)).toContainText(/Saved as rev \d+/);
  expect(await storedPorts(keys)).toEqual([3, 9, 11]);
  await toast(page).getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => storedPorts(keys)).toEqual([9, 11, 2, 3]);
});

test("two people save at the same time: both are stored, one on top of the other", async ({
  page,
  seed,
  keys,
  browser,
  board,
}) => {
  await seed({ profiles: { DB } });
  await openBoard(page);
  const context = await browser.newContext({ baseURL: board.url });
  const other = await context.newPage();
  await openBoard(other);
  await row(page, 1).focus();
  await page.keyboard.press("Alt+End");
  await row(other, 2).focus();
  await other.keyboard.press("Delete");
  for (const each of [page, other]) {
    await expect(card(each, "DB").getByRole("button", { name: /^Save/ })).toBeEnabled();
  }
  await Promise.all([page.keyboard.press("Control+s"), other.keyboard.press("Control+s")]);
  for (const each of [page, other]) {
    await expect(toast(each)).toContainText(/Saved as rev \d+/);
    await expect(card(each, "DB").locator("[data-impact]")).toHaveCount(0);
    await expect.poll(() => ruleTexts(each, "DB", "inbound")).toEqual(texts(3, 1));
  }
  expect(await storedPorts(keys)).toEqual([3, 1]);
  await context.close();
});

test("both changed one rule: it is decided rule by rule, with keys, the narrowest first", async ({
  page,
  seed,
  keys,
}) => {
  await seed({ profiles: { DB } });
  await openBoard(page, "/profiles/DB");
  await page.locator("[data-direction=inbound] [data-rule='2'] [data-row-button]").focus();
  await page.keyboard.press("Delete");
  await keys.put(rulesKey("DB"), { inbound_rules: inbound(1, 22, 3), outbound_rules });
  const decide = page.getByRole("button", { name: "Decide 1…" });
  await expect(decide).toBeVisible();
  await page.keyboard.press("Control+s");
  const dialog = page.getByRole("dialog", { name: "1 thing to decide in DB" });
  await expect(dialog.getByText("It was allow tcp to ports 2")).toBeVisible();
  const [theirs, yours] = [dialog.getByRole("radio", { name: /theirs/ }), dialog.getByRole("radio", { name: /yours/ })];
  await expect(yours, "removing it lets the least through").toBeChecked();
  expect(await axeViolations(page)).toEqual([]);
  await page.keyboard.press("1");
  await expect(theirs).toBeChecked();
  await page.keyboard.press("3");
  await dialog.getByRole("combobox", { name: "Rule" }).fill("deny tcp to ports 22");
  await dialog.getByRole("button", { name: "Merge" }).click();
  await expect(page.getByRole("button", { name: /^Save/ })).toBeVisible();
  await page.keyboard.press("Control+s");
  await expect(toast(page)).toContainText(/Saved as rev \d+/);
  const [, second] = JSON.parse((await keys.get(rulesKey("DB"))) ?? "").inbound_rules;
  expect(second).toEqual({ action: "deny", protocol: "tcp", dst_ports: [22] });
});

test("two tabs of one person work on one draft, also where the browser keeps nothing", async ({
  page,
  seed,
  browser,
  board,
}) => {
  await seed({ profiles: { DB } });
  await openBoard(page);
  const other = await page.context().newPage();
  await openBoard(other);
  await row(page, 3).focus();
  await page.keyboard.press("Alt+Home");
  await expect.poll(() => ruleTexts(other, "DB", "inbound")).toEqual(texts(3, 1, 2));
  await row(other, 3).focus();
  await other.keyboard.press("Delete");
  await expect.poll(() => ruleTexts(page, "DB", "inbound")).toEqual(texts(3, 1));
  await row(page, 1).focus();
  await page.keyboard.press("Control+z");
  await expect.poll(() => ruleTexts(other, "DB", "inbound")).toEqual(texts(3, 1, 2));
  await other.close();

  const context = await browser.newContext({ baseURL: board.url });
  await context.addInitScript(() => {
    const refuse = () => {
      throw new DOMException("no", "SecurityError");
    };
    Object.defineProperty(globalThis, "localStorage", { get: refuse });
  });
  const bare = await context.newPage();
  await openBoard(bare, "/profiles/DB");
  await bare.locator("[data-direction=inbound] [data-rule='1'] [data-row-button]").focus();
  await bare.keyboard.press("Alt+End");
  await expect(bare.getByText("lost when this page closes: the browser keeps nothing")).toBeVisible();
  await bare.keyboard.press("Control+s");
  await expect(toast(bare)).toContainText(/Saved as rev \d+/);
  await context.close();
});

test("a profile removed under its open editor says so, keeps the draft, and can be created again with it", async ({
  page,
  seed,
  keys,
}) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await seed({ profiles: { DB } });
  await openBoard(page, "/profiles/DB");
  const first = page.locator("[data-direction=inbound] [data-rule='1'] [data-row-button]");
  await first.click();
  await page
    .getByRole("complementary", { name: "Inspector" })
    .getByLabel(/^Comment/)
    .fill("why one");
  await first.focus();
  await page.keyboard.press("Alt+End");
  await expect(page.locator("[data-impact]")).toBeVisible();
  await keys.remove("/calico/v1/policy/profile/DB/rules");
  await keys.remove("/calico/v1/policy/profile/DB/tags");
  await expect(page.getByText("DB was removed by someone else")).toBeVisible();
  await page.reload();
  await page.getByRole("button", { name: "Copy as JSON" }).click();
  await expect(toast(page)).toContainText("Draft copied as JSON");
  const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  expect(copied.inbound_rules).toEqual(inbound(2, 3, 1));
  await page.getByRole("button", { name: "Create it again with my draft" }).click();
  await expect(page.locator("[data-direction=inbound] [data-rule='3'] [data-row-button]")).toHaveAttribute(
    "title",
    "allow tcp to ports 1\nwhy one",
  );
  expect(JSON.parse((await keys.get(rulesKey("DB"))) ?? "").inbound_rules).toEqual(inbound(2, 3, 1));
});

test("someone changes only the comments while a draft has others: both are kept, and it is said", async ({
  page,
  seed,
  keys,
}) => {
  const SIDECAR = "/tortie/v1/sidecar/profile/DB";
  const said = (port: number, text: string) => ({ rule: inbound(port)[0], text });
  const beside = (...comments: readonly object[]) => ({
    inbound: { comments, parked: [] },
    outbound: { comments: [], parked: [] },
  });
  await seed({ profiles: { DB } });
  await openBoard(page, "/profiles/DB?rule=inbound-2");
  const second = page.locator("[data-direction=inbound] [data-rule='2'] [data-row-button]");
  await expect(second, "the link chooses the rule and gives it the keyboard").toBeFocused();
  const comment = page.getByRole("complementary", { name: "Inspector" }).getByLabel(/^Comment/);
  await comment.fill("mine");
  await second.focus();
  await expect(page.getByRole("button", { name: /^Save/ })).toBeEnabled();
  await keys.put(SIDECAR, beside(said(2, "theirs"), said(3, "about three")));
  await expect(toast(page)).toContainText("Someone changed the comments or parked rules of DB while you edited");
  await page.keyboard.press("Control+s");
  await expect(toast(page)).toContainText(/Saved as rev \d+/);
  const { comments } = JSON.parse((await keys.get(SIDECAR)) ?? "").inbound;
  expect(comments).toEqual(expect.arrayContaining([said(2, "theirs\nmine"), said(3, "about three")]));
  await toast(page).getByRole("button", { name: "Undo" }).click();
  await expect
    .poll(async () => JSON.parse((await keys.get(SIDECAR)) ?? "").inbound.comments)
    .toEqual(expect.arrayContaining([said(2, "theirs"), said(3, "about three")]));
});

test("a value written by hand that is nonsense is shown with its reasons and can be replaced", async ({
  page,
  seed,
  keys,
}) => {
  await seed({ profiles: { DB } });
  await keys.put(rulesKey("DB"), '{"inbound_rules":[{"action":"alow","<b>x</b>":1}],"outbound_rules":[]}');
  await openBoard(page);
  await expect(card(page, "DB").getByText("The stored rules are invalid")).toBeVisible();
  await expect(card(page, "DB").getByText(/alow/)).toBeVisible();
  await card(page, "DB").getByRole("button", { name: "Show and replace…" }).click();
  await expect(page.getByLabel("Stored text")).toHaveValue(/<b>x<\/b>/);
  await page.getByRole("button", { name: "Replace with empty rules" }).click();
  await card(page, "DB").getByRole("button", { name: /^Save/ }).click();
  await expect(toast(page)).toContainText(/Saved as rev \d+/);
  expect(JSON.parse((await keys.get(rulesKey("DB"))) ?? "")).toEqual({ inbound_rules: [], outbound_rules: [] });
});

test("etcd away: the last good state stays, with its age; drafts go on, saving waits", async ({
  page,
  seed,
  keys,
  etcd,
  complaints,
}) => {
  await seed({ profiles: { DB } });
  await openBoard(page);
  await row(page, 3).focus();
  await page.keyboard.press("Alt+Home");
  await expect(card(page, "DB").getByRole("button", { name: /^Save/ })).toBeEnabled();
  await etcd.kill();
  try {
    await expect(page.getByText(/^Read only: etcd has not answered for \d+ s$/)).toBeVisible({ timeout: 15_000 });
    expect(await ruleTexts(page, "DB", "inbound")).toEqual(texts(3, 1, 2));
    await row(page, 1).focus();
    await page.keyboard.press("Alt+ArrowDown");
    await expect(card(page, "DB").locator("[data-impact] button").last()).toBeDisabled();
    await page.reload();
    await expect.poll(() => ruleTexts(page, "DB", "inbound")).toEqual(texts(1, 3, 2));
  } finally {
    await etcd.restart();
  }
  await expect(page.getByText(/^Read only/)).toHaveCount(0, { timeout: 20_000 });
  await card(page, "DB").getByRole("button", { name: /^Save/ }).click();
  await expect(toast(page)).toContainText(/Saved as rev \d+/);
  expect(await storedPorts(keys)).toEqual([1, 3, 2]);
  complaints.length = 0;
});
