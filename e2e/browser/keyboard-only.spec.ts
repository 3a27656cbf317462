import { card, expect, openBoard, ruleTexts, test } from "../support/board-test.ts";

const rule = (port: number) => ({ action: "allow", protocol: "tcp", dst_ports: [port] });
const profile = (tag: string, count = 3) => ({
  tags: [tag],
  rules: {
    inbound_rules: Array.from({ length: count }, (_, index) => rule(index + 1)),
    outbound_rules: [{ action: "allow" }],
  },
});
const texts = (...ports: readonly number[]) => ports.map((port) => `allow tcp to ports ${port}`);

test("rules are reordered by keys alone, the focus stays on the rule, and it is said once", async ({ page, seed }) => {
  await seed({ profiles: { APP: profile("APP", 4) } });
  await openBoard(page);
  await page.keyboard.press("/");
  await page.keyboard.press("Escape");
  await expect(card(page, "APP")).toBeFocused();
  // Into the card: selection, name, menu, tags, add inbound rule, then the list.
  for (let step = 0; step < 6; step += 1) await page.keyboard.press("Tab");
  const focusedRule = page.locator("[data-rule]:focus-within");
  await expect(focusedRule).toHaveAttribute("data-rule", "1");
  for (const { keys, order, at } of [
    { keys: "Alt+ArrowDown", order: [2, 1, 3, 4], at: "2" },
    { keys: "Alt+End", order: [2, 3, 4, 1], at: "4" },
    { keys: "Alt+ArrowUp", order: [2, 3, 1, 4], at: "3" },
    { keys: "Alt+Home", order: [1, 2, 3, 4], at: "1" },
  ]) {
    await page.keyboard.press(keys);
    await expect.poll(() => ruleTexts(page, "APP", "inbound")).toEqual(texts(...order));
    await expect(focusedRule).toHaveAttribute("data-rule", at);
  }
  await expect(page.getByTestId("announcer")).toHaveText(
    /^Rule 3 moved to position 1 of 4 inbound\..*No change to what is reachable\.$/,
  );
  await expect(page.locator("[data-impact]"), "back where it began is no draft").toHaveCount(0);
});

test("cards are walked by arrows, opened by Enter, and Escape leads back from the inside", async ({ page, seed }) => {
  await seed({ profiles: Object.fromEntries(["A", "B", "C", "D", "E"].map((id) => [id, profile(id, 1)])) });
  await openBoard(page);
  await card(page, "A").focus();
  await page.keyboard.press("ArrowRight");
  await expect(card(page, "B")).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowDown");
  await expect(card(page, "E")).toBeFocused();
  await page.keyboard.press("Home");
  await expect(card(page, "A")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  await expect(card(page, "A")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/profiles\/A$/);
  await expect(page.getByRole("region", { name: "Profile A" })).toBeVisible();
});

test("the menu of a rule does what a drag does, and gives the focus back", async ({ page, seed }) => {
  await seed({ profiles: { APP: profile("APP", 4) } });
  await openBoard(page);
  const row = (position: number) =>
    card(page, "APP").locator(`[data-direction=inbound] [data-rule='${position}'] [data-row-button]`);
  await row(2).focus();
  await page.keyboard.press(".");
  await page.getByRole("menuitem", { name: /Move to position/ }).press("Enter");
  await page.getByLabel(/^Position/).fill("9");
  await expect(page.getByText("Positions are 1 to 4")).toBeVisible();
  await page.getByLabel(/^Position/).fill("4");
  await page.keyboard.press("Enter");
  await expect.poll(() => ruleTexts(page, "APP", "inbound")).toEqual(texts(1, 3, 4, 2));
  await expect(row(4)).toBeFocused();
  await page.keyboard.press(".");
  await page.getByRole("menuitem", { name: "Move to outbound" }).press("Enter");
  await expect.poll(() => ruleTexts(page, "APP", "outbound")).toEqual(["allow", "allow tcp to ports 2"]);
  await row(1).focus();
  await page.keyboard.press("Delete");
  await expect.poll(() => ruleTexts(page, "APP", "inbound")).toEqual(texts(3, 4));
  await expect(row(1)).toBeFocused();
  await page.keyboard.press("Control+z");
  await expect.poll(() => ruleTexts(page, "APP", "inbound")).toEqual(texts(1, 3, 4));
});

test("? shows every key, and a dialog gives the focus back to what opened it", async ({ page, seed }) => {
  await seed({ profiles: { APP: profile("APP") } });
  await openBoard(page);
  // The page is drawn before it listens: a key pressed that early is nobody's.
  await expect(async () => {
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.press("Escape");
  await card(page, "APP").getByRole("button", { name: "Tags of APP" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Tags of APP" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(card(page, "APP").getByRole("button", { name: "Tags of APP" })).toBeFocused();
});
