import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { axeViolations } from "../support/axe-violations.ts";
import { expect, openBoard, ruleTexts, test } from "../support/board-test.ts";
import { readValue } from "../support/read-value.ts";
import { APP_RULES, estate, walkthrough } from "../support/sample-estates.ts";

const RULES_KEY = "/calico/v1/policy/profile/APP/rules";
const TAGS_KEY = "/calico/v1/policy/profile/APP/tags";

const BAD = `{
  "id": "APP",
  "inbound_rules": [
    { "protocol": "tcp", "port": [7890], "src_tag": "APP 7890" },
    { "action": "allow", "protocol": "tcp", "dst_ports": ["9100", 70000] }
  ],
  "outbound_rules": [{ "action": "allow" }]
}
`;

const dialog = (page: Page) => page.getByRole("dialog", { name: "Import JSON" });
const step = (page: Page) => dialog(page).locator("[aria-current=step]");
const readable = (page: Page) => dialog(page).getByText("Every rule can be read");
const sourceText = (page: Page) => page.getByRole("textbox", { name: /^Source of/ });

async function choose(page: Page, name: string, text: string): Promise<void> {
  const file = { name, mimeType: "application/json", buffer: Buffer.from(text) };
  await page.getByLabel("Choose JSON files").setInputFiles(file);
}

async function openImport(page: Page): Promise<void> {
  await openBoard(page);
  await page.getByRole("link", { name: "Import JSON", exact: true }).click();
  await expect(dialog(page)).toBeVisible();
}

test("APP-rules.json goes from a file to the card, and the tags stay", async ({ page, seed, etcd }) => {
  await seed(walkthrough);
  await openImport(page);
  await choose(page, "APP-rules.json", APP_RULES);
  await expect(readable(page)).toBeVisible();
  await dialog(page).getByRole("button", { name: "See effect" }).click();
  const inbound = dialog(page).getByRole("list", { name: "Inbound rules after the import" });
  await expect(inbound.locator("[data-change=removed]")).toHaveCount(1);
  await expect(inbound.locator("[data-change=added]")).toHaveCount(2);
  await expect(dialog(page).getByText("Tags are not in this file. APP keeps")).toBeVisible();
  await expect(dialog(page).locator("[data-pair='WEB>APP']")).toContainText("icmp type 8");
  await expect(dialog(page).locator("[data-pair='APP>APP']").first()).toBeVisible();
  await dialog(page)
    .getByRole("button", { name: /^Continue · opens \d+, closes \d+$/ })
    .click();
  await dialog(page).getByLabel("Note, for whoever reads the journal").fill("ticket 7");
  await dialog(page)
    .getByRole("button", { name: /^Apply · / })
    .click();
  await expect(page.getByText(/^Saved as rev \d+$/).first()).toBeVisible();
  await expect(dialog(page)).toBeHidden();
  await expect.poll(() => ruleTexts(page, "APP", "inbound")).toHaveLength(2);
  expect(await readValue(etcd.endpoint, TAGS_KEY)).toEqual(["APP"]);
  expect(await readValue(etcd.endpoint, RULES_KEY)).toMatchObject({
    inbound_rules: [{ src_tag: "APP_7890", dst_ports: [7890] }, { icmp_type: 8 }],
  });
});

test("every problem stands in the list by line and column, jumps, and is mended where that is certain", async ({
  page,
  seed,
}) => {
  await seed(estate);
  await openImport(page);
  await choose(page, "APP-rules.json", BAD);
  await expect(dialog(page).getByText("4 errors, 1 warning")).toBeVisible();
  await expect(dialog(page).getByRole("button", { name: "See effect" })).toBeDisabled();
  const problems = dialog(page).getByRole("region", { name: "Problems" });
  await expect(problems.getByRole("button", { name: /APP-rules\.json:4:26 Unknown key "port"/ })).toBeVisible();
  await expect(problems.getByRole("button", { name: /APP-rules\.json:5:67/ })).toContainText("70000");
  await expect(sourceText(page).locator(".cm-lintRange-error")).toHaveCount(4);
  await problems.getByRole("button", { name: /:5:67/ }).click();
  await expect(sourceText(page)).toBeFocused();
  expect(await page.evaluate(() => window.getSelection()?.toString())).toBe("70000");

  await dialog(page).getByRole("button", { name: "Fix all 4" }).click();
  await expect(dialog(page).getByText("1 error")).toBeVisible();
  await problems.getByRole("button", { name: /70000/ }).click();
  await page.keyboard.type("7000");
  await expect(readable(page)).toBeVisible();
  await expect(dialog(page).getByRole("button", { name: "See effect" })).toBeEnabled();
});

test("an id that differs from the profile is asked about, never taken silently", async ({ page, seed, etcd }) => {
  await seed(walkthrough);
  await openBoard(page, "/import?profile=WEB");
  await choose(page, "APP-rules.json", APP_RULES);
  await expect(dialog(page).getByText("The file says APP, you opened WEB. Into which?")).toBeVisible();
  await expect(dialog(page).getByRole("button", { name: "See effect" })).toBeDisabled();
  await dialog(page).getByRole("button", { name: "Into WEB" }).click();
  await dialog(page).getByRole("button", { name: "See effect" }).click();
  await expect(dialog(page).getByRole("heading", { name: "Rules of WEB" })).toBeVisible();
  await dialog(page)
    .getByRole("button", { name: /^Continue/ })
    .click();
  await dialog(page)
    .getByRole("button", { name: /^Apply/ })
    .click();
  await expect(page.getByText(/^Saved as rev \d+$/).first()).toBeVisible();
  expect(await readValue(etcd.endpoint, RULES_KEY)).toEqual(walkthrough.profiles?.APP?.rules);
});

test("50 MB are refused by their size, before a byte is read", async ({ page }) => {
  await openImport(page);
  const folder = await mkdtemp(join(tmpdir(), "import-"));
  const path = join(folder, "huge.json");
  await writeFile(path, "");
  await truncate(path, 50_000_000);
  await page.getByLabel("Choose JSON files").setInputFiles(path);
  await expect(dialog(page).getByText("huge.json was not read: it is 50.0 MB")).toBeVisible();
  await expect(dialog(page).getByText("The largest import this dialog takes is 5.0 MB")).toBeVisible();
  await expect(step(page)).toContainText("File");
  await rm(folder, { recursive: true });
});

test("a file nested deeper than any rule is a problem, not a crash", async ({ page }) => {
  await openImport(page);
  await choose(
    page,
    "deep.json",
    `{"inbound_rules": ${"[".repeat(50_000)}${"]".repeat(50_000)}, "outbound_rules": []}`,
  );
  await expect(
    dialog(page)
      .getByText(/nested|deep/i)
      .first(),
  ).toBeVisible();
  await expect(dialog(page).getByRole("button", { name: "See effect" })).toBeDisabled();
});

test("nearly 5 MB parse away from the page", async ({ page, seed }) => {
  await seed(walkthrough);
  await openImport(page);
  const rules = Array.from({ length: 30_000 }, (_, index) => ({
    action: "allow",
    protocol: "tcp",
    src_tag: `TAG_${index}`,
    dst_ports: [index],
    src_net: "10.0.0.0/8",
    dst_net: "10.20.30.0/24",
  }));
  const text = JSON.stringify({ id: "APP", inbound_rules: rules, outbound_rules: [] });
  expect(text.length).toBeGreaterThan(3_500_000);
  await choose(page, "large.json", text);
  await expect(dialog(page).getByText("30000 inbound, 0 outbound")).toBeVisible({ timeout: 30_000 });
});

test("Esc keeps what was entered, and the focus goes back to the link", async ({ page, seed }) => {
  await seed(walkthrough);
  await openImport(page);
  await choose(page, "APP-rules.json", BAD);
  await expect(dialog(page).getByText(/4 errors/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toBeHidden();
  await expect(page).toHaveURL(/\/profiles$/);
  await expect(page.getByRole("link", { name: "Import JSON", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(step(page)).toContainText("Problems");
  await expect(sourceText(page)).toContainText("APP 7890");
});

test("a file dropped on the page and a pasted text take the same way", async ({ page, seed }) => {
  await seed(walkthrough);
  await openBoard(page);
  const transfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "dropped.json", { type: "application/json" }));
    return data;
  }, APP_RULES);
  await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
  await expect(readable(page)).toBeVisible();
  await dialog(page).getByRole("button", { name: "Remove dropped.json" }).click();
  await dialog(page).getByLabel("Or paste the text").fill('{"inbound_rules": [], "outbound_rules": []}');
  await dialog(page).getByRole("button", { name: "Check the text" }).click();
  await expect(dialog(page).getByText("0 inbound, 0 outbound")).toBeVisible();
  await dialog(page).getByLabel("Into").selectOption("WEB");
  await expect(dialog(page).getByRole("button", { name: "See effect" })).toBeEnabled();
});

test("two files are one revision, and one of them may make a new profile", async ({ page, seed, etcd }) => {
  await seed(walkthrough);
  await openImport(page);
  await page.getByLabel("Choose JSON files").setInputFiles([
    { name: "APP.json", mimeType: "application/json", buffer: Buffer.from(APP_RULES) },
    { name: "DB.json", mimeType: "application/json", buffer: Buffer.from(APP_RULES.replace('"APP"', '"DB"')) },
  ]);
  await dialog(page).getByRole("button", { name: "See effect" }).click();
  await dialog(page).getByRole("button", { name: "DB.json into DB" }).click();
  await expect(dialog(page).getByText("a new profile")).toBeVisible();
  await dialog(page)
    .getByRole("button", { name: /^Continue/ })
    .click();
  await dialog(page)
    .getByRole("button", { name: /^Apply/ })
    .click();
  await expect(page.getByText(/^Saved as rev \d+$/).first()).toBeVisible();
  const [app, db] = [
    await readValue(etcd.endpoint, RULES_KEY),
    await readValue(etcd.endpoint, "/calico/v1/policy/profile/DB/rules"),
  ];
  expect(db).toEqual(app);
  expect(await readValue(etcd.endpoint, "/calico/v1/policy/profile/DB/tags")).toEqual(["DB"]);
});

test("someone else's save is neither lost nor silently overwritten", async ({ page, seed, keys, etcd }) => {
  await seed(walkthrough);
  await openImport(page);
  await choose(page, "APP-rules.json", APP_RULES);
  await dialog(page).getByRole("button", { name: "See effect" }).click();
  await dialog(page)
    .getByRole("button", { name: /^Continue/ })
    .click();
  // The news of the other save does not get through to this browser in time.
  await page.route("**/api/state*", () => new Promise<void>(() => undefined));
  const theirs = { inbound_rules: [{ action: "deny" }], outbound_rules: [] };
  await keys.put(RULES_KEY, theirs);
  await dialog(page)
    .getByRole("button", { name: /^Apply/ })
    .click();
  await expect(dialog(page).getByText("Not saved: APP changed meanwhile")).toBeVisible();
  expect(await readValue(etcd.endpoint, RULES_KEY)).toEqual(theirs);
});

test("an import by keyboard alone", async ({ page, seed, etcd }) => {
  await seed(walkthrough);
  await openBoard(page);
  // The page says its revision before its keys listen.
  await expect(async () => {
    await page.keyboard.press("i");
    await expect(dialog(page)).toBeVisible({ timeout: 1_500 });
  }).toPass();
  await dialog(page).getByLabel("Or paste the text").focus();
  await page.keyboard.insertText(APP_RULES);
  await tabTo(page, dialog(page).getByRole("button", { name: "Check the text" }));
  await page.keyboard.press("Enter");
  await expect(readable(page)).toBeVisible();
  for (const name of [/^See effect/, /^Continue/, /^Apply/]) {
    const button = dialog(page).getByRole("button", { name });
    await tabTo(page, button);
    await page.keyboard.press("Enter");
  }
  await expect(page.getByText(/^Saved as rev \d+$/).first()).toBeVisible();
  expect(await readValue(etcd.endpoint, RULES_KEY)).toMatchObject({ inbound_rules: [{ dst_ports: [7890] }, {}] });
});

async function tabTo(page: Page, target: ReturnType<Page["getByRole"]>): Promise<void> {
  await expect(target).toBeEnabled();
  for (let presses = 0; presses < 40; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("the Tab key does not get there");
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in any step, ${colorScheme}`, async ({ page, seed }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await seed(estate);
    await openImport(page);
    expect(await axeViolations(page), "file").toEqual([]);
    await choose(page, "APP-rules.json", BAD);
    await expect(dialog(page).getByText("4 errors, 1 warning")).toBeVisible();
    expect(await axeViolations(page), "problems").toEqual([]);
    await dialog(page).getByRole("button", { name: "Remove APP-rules.json" }).click();
    await choose(page, "APP-rules.json", APP_RULES.replace("7890]", "7890, 7900]"));
    await dialog(page).getByRole("button", { name: "See effect" }).click();
    expect(await axeViolations(page), "effect").toEqual([]);
    await dialog(page)
      .getByRole("button", { name: /^Continue/ })
      .click();
    expect(await axeViolations(page), "apply").toEqual([]);
  });
}
