import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { readImportCorpus } from "#testing/read-import-corpus.ts";
import { expect, openBoard, ruleTexts, test, toast } from "../support/board-test.ts";
import { readValue } from "../support/read-value.ts";
import { APP_RULES, estate, walkthrough } from "../support/sample-estates.ts";

const RULES_KEY = "/calico/v1/policy/profile/APP/rules";

const dialog = (page: Page) => page.getByRole("dialog", { name: "Import JSON" });
const goOn = (page: Page, name: RegExp) => dialog(page).getByRole("button", { name }).click();

async function choose(page: Page, name: string, text: string): Promise<void> {
  const file = { name, mimeType: "application/json", buffer: Buffer.from(text) };
  await page.getByLabel("Choose JSON files").setInputFiles(file);
}

/** Records every task of the page's own thread that is longer than people do not notice. */
async function watchLongTasks(page: Page): Promise<() => Promise<readonly number[]>> {
  await page.evaluate(() => {
    const kept = globalThis as { longTasks?: number[] };
    kept.longTasks = [];
    new PerformanceObserver((list) =>
      kept.longTasks?.push(...list.getEntries().map(({ duration }) => duration)),
    ).observe({
      entryTypes: ["longtask"],
    });
  });
  return () => page.evaluate(() => (globalThis as { longTasks?: number[] }).longTasks ?? []);
}

test("an exported state changes nothing; of a changed one only what is taken is written, and it can be undone", async ({
  page,
  seed,
  etcd,
  keys,
}) => {
  await seed(estate);
  await openBoard(page, "/import");
  const exported = page.waitForEvent("download");
  await dialog(page).getByRole("link", { name: "Export everything" }).click();
  const text = await readFile((await (await exported).path()) ?? "", "utf8");
  await choose(page, "state.json", text);
  await expect(dialog(page).getByText("An exported state with 12 profiles")).toBeVisible();
  await expect(dialog(page).getByText("Not imported from here: 40 endpoints")).toBeVisible();
  await goOn(page, /^See effect/);
  await expect(dialog(page).getByText("Nothing opens or closes.")).toBeVisible();
  await goOn(page, /^Continue · nothing opens or closes/);
  await expect(dialog(page).getByRole("button", { name: /^Apply/ })).toBeDisabled();
  await expect(dialog(page).getByText("there is nothing to write")).toBeVisible();

  await dialog(page).getByRole("button", { name: "Problems" }).click();
  await dialog(page).getByRole("button", { name: "Remove state.json" }).click();
  const before = await readValue(etcd.endpoint, RULES_KEY);
  const state = JSON.parse(text);
  const { rules } = state.profiles.APP;
  rules.inbound_rules.push({ action: "allow", protocol: "tcp", dst_ports: [9100] });
  rules.outbound_rules.unshift({ action: "deny", protocol: "tcp", dst_ports: [25] });
  await choose(page, "state.json", JSON.stringify(state, null, 2));
  await goOn(page, /^See effect/);
  await dialog(page)
    .getByRole("checkbox", { name: /new rule: deny tcp to ports 25/ })
    .uncheck();
  await expect(dialog(page).getByText("1 of 2 changes accepted")).toBeVisible();
  await goOn(page, /^Continue · opens \d+$/);
  await dialog(page).getByLabel("Note, for whoever reads the journal").fill("ticket 31");
  await goOn(page, /^Apply · opens \d+/);
  await expect(toast(page)).toContainText(/Saved as rev \d+/);
  await expect.poll(() => ruleTexts(page, "APP", "inbound")).toContain("allow tcp to ports 9100");
  expect(await readValue(etcd.endpoint, RULES_KEY)).toMatchObject({ outbound_rules: [{ action: "allow" }] });
  await toast(page).getByRole("button", { name: "Undo" }).click();
  await expect(toast(page)).toContainText("is undone");
  expect(await readValue(etcd.endpoint, RULES_KEY)).toEqual(before);
  expect(await keys.get(RULES_KEY)).toBeDefined();
});

test("a profile that others change or remove meanwhile is said, and nothing entered is lost", async ({
  page,
  seed,
  keys,
  etcd,
}) => {
  await seed(walkthrough);
  await openBoard(page, "/import");
  await choose(page, "APP-rules.json", APP_RULES);
  await goOn(page, /^See effect/);
  await goOn(page, /^Continue/);
  await dialog(page).getByLabel("Note, for whoever reads the journal").fill("kept");
  await keys.put(RULES_KEY, { inbound_rules: [{ action: "deny" }], outbound_rules: [] });
  await expect(dialog(page).getByText("APP changed meanwhile")).toBeVisible();
  await expect(dialog(page).getByRole("button", { name: /^Apply/ })).toBeDisabled();
  await goOn(page, /^See the effect/);
  await expect(dialog(page).getByRole("list", { name: "Inbound rules after the import" })).toContainText("removed");
  await keys.remove(RULES_KEY);
  await keys.remove("/calico/v1/policy/profile/APP/tags");
  await expect(dialog(page).getByText("APP was removed meanwhile")).toBeVisible();
  await goOn(page, /^Continue/);
  await expect(dialog(page).getByLabel("Note, for whoever reads the journal")).toHaveValue("kept");
  await goOn(page, /^Apply/);
  await expect(toast(page)).toContainText(/Saved as rev \d+/);
  expect(await readValue(etcd.endpoint, "/calico/v1/policy/profile/APP/tags")).toEqual(["APP"]);
});

test("every file of the corpus is judged in the browser as everywhere else", async ({ page }) => {
  await openBoard(page, "/import");
  const corpus = readImportCorpus().filter(({ bytes }) => bytes.length > 0);
  const files = corpus.slice(0, 95);
  await page
    .getByLabel("Choose JSON files")
    .setInputFiles(
      files.map(({ name, bytes }) => ({ name, mimeType: "application/json", buffer: Buffer.from(bytes) })),
    );
  const tabs = dialog(page).locator("[data-read]");
  await expect(tabs).toHaveCount(files.length);
  await expect(tabs.and(page.locator("[data-read=reading]"))).toHaveCount(0);
  const read = await tabs.evaluateAll((all) => all.map((tab) => tab.getAttribute("data-read")));
  expect(read.map((verdict, index) => `${files[index]?.name} ${verdict}`)).toEqual(
    files.map(({ name, isGood }) => `${name} ${isGood ? "good" : "bad"}`),
  );
  await tabs.filter({ hasText: "id-like-markup.json" }).click();
  await expect(dialog(page).getByText('"<img src=x onerror=alert(1)>" cannot be a profile id')).toBeVisible();
});

test("a text of 100,000 lines and a file beyond etcd's limits never stop the page", async ({ page, seed }, info) => {
  test.slow();
  await seed(walkthrough);
  await openBoard(page, "/import");
  const longTasks = await watchLongTasks(page);
  const rule = (index: number) =>
    `    {\n      "action": "allow",\n      "protocol": "tcp",\n      "dst_ports": [${index}]\n    }`;
  const text = `{\n  "id": "APP",\n  "inbound_rules": [\n${Array.from({ length: 20_000 }, (_, i) => rule(i)).join(",\n")}\n  ],\n  "outbound_rules": []\n}\n`;
  expect(text.split("\n").length).toBeGreaterThan(100_000);
  await dialog(page).getByLabel("Or paste the text").focus();
  await page.evaluate((pasted) => {
    const data = new DataTransfer();
    data.setData("text/plain", pasted);
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
  }, text);
  await expect(dialog(page).getByText("20000 inbound, 0 outbound")).toBeVisible({ timeout: 60_000 });
  await goOn(page, /^See effect/);
  await expect(dialog(page).getByText(/and 19\d{3} more/)).toBeVisible({ timeout: 60_000 });
  await goOn(page, /^Continue/);
  await goOn(page, /^Apply/);
  await expect(dialog(page).getByText("Not saved: one transaction cannot hold it")).toBeVisible({ timeout: 60_000 });
  await expect(dialog(page).getByText(/It needs [\d.]+ MB of 1\.\d MB/)).toBeVisible();
  info.annotations.push({ type: "long tasks in ms", description: JSON.stringify(await longTasks()) });
});
