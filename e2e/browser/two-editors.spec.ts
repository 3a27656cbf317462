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

test("a stale save neither wins nor is lost: both are compared, and the draft goes on top", async ({
  page,
  seed,
  keys,
}) => {
  await seed({ profiles: { DB } });
  await openBoard(page);
  // Mine: rule 3 to the top.
  await card(page, "DB").locator("[data-direction=inbound] [data-rule='1'] [data-row-button]").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Alt+Home");
  await expect.poll(() => ruleTexts(page, "DB", "inbound")).toEqual(texts(3, 1, 2));
  // Theirs: another rule in front.
  await keys.put(rulesKey("DB"), { inbound_rules: inbound(9, 1, 2, 3), outbound_rules });
  const compare = card(page, "DB").getByRole("button", { name: /Newer is stored/ });
  await expect(compare).toBeVisible();
  expect(await ruleTexts(page, "DB", "inbound"), "what is being read does not move").toEqual(texts(3, 1, 2));
  await compare.click();
  const dialog = page.getByRole("dialog", { name: "DB was saved by someone else while you edited" });
  await expect(dialog.getByText("Add inbound 1: allow tcp to ports 9")).toBeVisible();
  await expect(dialog.getByText("Move inbound 3 to position 1")).toBeVisible();
  await dialog.getByRole("button", { name: "Re-apply 1 edit on the newest" }).click();
  await expect.poll(() => ruleTexts(page, "DB", "inbound")).toEqual(texts(3, 9, 1, 2));
  expect(JSON.parse((await keys.get(rulesKey("DB"))) ?? "").inbound_rules, "nothing is saved yet").toEqual(
    inbound(9, 1, 2, 3),
  );
  await card(page, "DB").getByRole("button", { name: /^Save/ }).click();
  await expect(toast(page)).toContainText(/Saved as rev \d+/);
  expect(JSON.parse((await keys.get(rulesKey("DB"))) ?? "").inbound_rules).toEqual(inbound(3, 9, 1, 2));
});

test("two people save at the same time: one is stored, the other is asked", async ({ page, seed, browser, board }) => {
  await seed({ profiles: { DB } });
  await openBoard(page);
  const other = await (await browser.newContext({ baseURL: board.url })).newPage();
  await openBoard(other);
  for (const [each, key] of [
    [page, "Alt+End"],
    [other, "Alt+ArrowDown"],
  ] as const) {
    await card(each, "DB").locator("[data-direction=inbound] [data-rule='1'] [data-row-button]").focus();
    await each.keyboard.press(key);
    await expect(card(each, "DB").getByRole("button", { name: /^Save/ })).toBeVisible();
  }
  await Promise.all([page.keyboard.press("Control+s"), other.keyboard.press("Control+s")]);
  const isAsked = (each: typeof page) => each.getByRole("dialog", { name: /was saved by someone else/ });
  await expect.poll(async () => (await isAsked(page).count()) + (await isAsked(other).count())).toBe(1);
  const loser = (await isAsked(page).count()) === 1 ? page : other;
  await loser.getByRole("button", { name: /Re-apply 1 edit/ }).click();
  await card(loser, "DB").getByRole("button", { name: /^Save/ }).click();
  await expect(toast(loser)).toContainText(/Saved as rev \d+/);
  const [left, right] = [await ruleTexts(page, "DB", "inbound"), await ruleTexts(other, "DB", "inbound")];
  expect([...left].sort()).toEqual(texts(1, 2, 3));
  expect(left).toEqual(right);
  await other.context().close();
});

test("a profile removed while a draft is open says so, keeps the draft, and can be created again with it", async ({
  page,
  seed,
  keys,
}) => {
  await seed({ profiles: { DB } });
  await openBoard(page);
  await card(page, "DB").locator("[data-direction=inbound] [data-rule='1'] [data-row-button]").focus();
  await page.keyboard.press("Alt+End");
  await expect(card(page, "DB").locator("[data-impact]")).toBeVisible();
  await keys.remove("/calico/v1/policy/profile/DB/rules");
  await keys.remove("/calico/v1/policy/profile/DB/tags");
  await expect(card(page, "DB").getByText("DB was removed by someone else")).toBeVisible();
  await page.reload();
  await card(page, "DB").getByRole("button", { name: "Create it again with my draft" }).click();
  await expect.poll(() => ruleTexts(page, "DB", "inbound")).toEqual(texts(2, 3, 1));
  expect(JSON.parse((await keys.get(rulesKey("DB"))) ?? "").inbound_rules).toEqual(inbound(2, 3, 1));
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
  etcd,
  complaints,
}) => {
  await seed({ profiles: { DB } });
  await openBoard(page);
  await etcd.kill();
  try {
    await expect(page.getByText(/^Read only: etcd has not answered for \d+ s$/)).toBeVisible({ timeout: 15_000 });
    expect(await ruleTexts(page, "DB", "inbound")).toEqual(texts(1, 2, 3));
    await card(page, "DB").locator("[data-direction=inbound] [data-rule='1'] [data-row-button]").focus();
    await page.keyboard.press("Alt+End");
    await expect(card(page, "DB").locator("[data-impact] button").last()).toBeDisabled();
    await page.reload();
    await expect.poll(() => ruleTexts(page, "DB", "inbound")).toEqual(texts(2, 3, 1));
  } finally {
    await etcd.restart();
  }
  await expect(page.getByText(/^Read only/)).toHaveCount(0, { timeout: 20_000 });
  await card(page, "DB").getByRole("button", { name: /^Save/ }).click();
  await expect(toast(page)).toContainText(/Saved as rev \d+/);
  complaints.length = 0;
});
