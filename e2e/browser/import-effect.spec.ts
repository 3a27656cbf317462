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

const corpus = readImportCorpus().filter(({ bytes }) => bytes.length > 0);
/** More files than this are not told apart by the dialog's buttons. */
const AT_ONCE = 60;

for (let first = 0; first < corpus.length; first += AT_ONCE) {
  const files = corpus.slice(first, first + AT_ONCE);
  test(`files ${first + 1} to ${first + files.length} of the corpus are judged in the browser as everywhere else`, async ({
    page,
  }) => {
    await openBoard(page, "/import");
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
    if (!files.some(({ name }) => name === "id-like-markup.json")) return;
    await tabs.filter({ hasText: "id-like-markup.json" }).click();
    await expect(dialog(page).getByText('"<img src=x onerror=alert(1)>" cannot be a profile id')).toBeVisible();
  });
}

test("of a state with a value that cannot be read the rest is taken, and the value stays as it is stored", async ({
  page,
  seed,
  keys,
}) => {
  await seed({ profiles: { ...walkthrough.profiles, ODD: { tags: ["ODD"], rules: { inbound_rules: 7 } } } });
  const odd = await keys.get("/calico/v1/policy/profile/ODD/rules");
  const state = {
    profiles: {
      ODD: {
        tags: ["ODD", "MORE"],
        rules: { inbound_rules: [{ action: "allow", dst_ports: ["x"] }], outbound_rules: [] },
      },
      APP: { tags: ["APP"], rules: JSON.parse(APP_RULES) },
    },
  };
  await openBoard(page, "/import");
  await choose(page, "state.json", JSON.stringify(state));
  await expect(dialog(page).getByText("2 profiles that can be taken")).toBeVisible();
  await expect(dialog(page).getByText(/^\d+ errors?/)).toBeVisible();
  await dialog(page).getByLabel("Take the tags of the file too").check();
  await goOn(page, /^See effect/);
  await goOn(page, /^Continue/);
  await goOn(page, /^Apply/);
  await expect(toast(page)).toContainText(/Saved as rev \d+/);
  expect(await keys.get("/calico/v1/policy/profile/ODD/rules")).toBe(odd);
  expect(await keys.get("/calico/v1/policy/profile/ODD/tags")).toContain("MORE");
});

test("a text of 100,000 lines is read in a worker, can be put down, and is refused by etcd's limits before it is sent", async ({
  page,
  seed,
}) => {
  test.slow();
  await seed(walkthrough);
  await openBoard(page, "/import");
  const rule = (index: number) =>
    `    {\n      "action": "allow",\n      "protocol": "tcp",\n      "dst_ports": [${index}]\n    }`;
  const text = `{\n  "id": "APP",\n  "inbound_rules": [\n${Array.from({ length: 20_000 }, (_, i) => rule(i)).join(",\n")}\n  ],\n  "outbound_rules": []\n}\n`;
  expect(text.split("\n").length).toBeGreaterThan(100_000);
  const paste = async () => {
    await dialog(page).getByLabel("Or paste the text").focus();
    await page.evaluate((pasted) => {
      const data = new DataTransfer();
      data.setData("text/plain", pasted);
      const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(event);
    }, text);
  };
  const workers: string[] = [];
  page.on("worker", (worker) => workers.push(worker.url()));
  await paste();
  await dialog(page).getByRole("button", { name: "Cancel" }).click();
  await expect(dialog(page).getByLabel("Or paste the text")).toBeVisible();
  await paste();
  await expect(dialog(page).getByText("20000 inbound, 0 outbound")).toBeVisible({ timeout: 60_000 });
  expect(workers.length, "the page itself parses nothing of that length").toBeGreaterThan(0);
  await goOn(page, /^See effect/);
  await expect(dialog(page).getByText(/and 19\d{3} more/)).toBeVisible({ timeout: 60_000 });
  await goOn(page, /^Continue/);
  await expect(dialog(page).getByText("Not saved: one transaction cannot hold it")).toBeVisible({ timeout: 60_000 });
  await expect(dialog(page).getByText(/It needs [\d.]+ MB of 1\.\d MB/)).toBeVisible();
  await expect(dialog(page).getByRole("button", { name: /^Apply/ })).toBeDisabled();
});

test("what was entered is there again after a reload, and in a browser that keeps nothing the import still works", async ({
  page,
  seed,
  context,
  etcd,
}) => {
  await seed(walkthrough);
  await openBoard(page, "/import");
  await choose(page, "APP-rules.json", APP_RULES);
  await expect(dialog(page).getByText("Every rule can be read")).toBeVisible();
  await expect
    .poll(() => page.evaluate(async () => (await indexedDB.databases()).some(({ name }) => name === "tortie-import")))
    .toBe(true);
  await expect(async () => {
    await page.reload();
    await expect(dialog(page).getByText("Every rule can be read")).toBeVisible({ timeout: 3_000 });
  }).toPass();
  const bare = await context.newPage();
  await bare.addInitScript(() => {
    for (const name of ["indexedDB", "localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("storage is disabled", "SecurityError");
        },
      });
    }
  });
  await bare.setViewportSize({ width: 320, height: 640 });
  await openBoard(bare, "/import");
  await choose(bare, "APP-rules.json", APP_RULES);
  for (const name of [/^See effect/, /^Continue/, /^Apply/]) {
    await expect(dialog(bare).getByRole("button", { name })).toBeEnabled();
    expect(await bare.evaluate(() => document.documentElement.scrollWidth), String(name)).toBe(320);
    await goOn(bare, name);
  }
  await expect(toast(bare)).toContainText(/Saved as rev \d+/);
  expect(await readValue(etcd.endpoint, RULES_KEY)).toMatchObject({ inbound_rules: [{ dst_ports: [7890] }, {}] });
});

test("rules are appended and merged by keys, and an import that etcd did not take is kept and applied later", async ({
  page,
  seed,
  etcd,
  complaints,
}) => {
  test.slow();
  await seed(walkthrough);
  const before = await readValue(etcd.endpoint, RULES_KEY);
  await openBoard(page, "/import");
  await choose(page, "APP-rules.json", APP_RULES);
  await goOn(page, /^See effect/);
  for (const [direction, mode] of [
    ["inbound", "append"],
    ["outbound", "merge"],
  ] as const) {
    const list = dialog(page).getByRole("group", { name: `What happens to the ${direction} rules of today` });
    await list.getByRole("radio", { checked: true }).focus();
    await expect(async () => {
      await page.keyboard.press("ArrowRight");
      await expect(list.getByRole("radio", { name: new RegExp(mode, "i") })).toBeChecked({ timeout: 300 });
    }).toPass();
  }
  await goOn(page, /^Continue/);
  const apply = dialog(page).getByRole("button", { name: /^Apply/ });
  await expect(apply).toBeEnabled();
  await etcd.kill();
  try {
    await apply.click();
    await expect(dialog(page).getByText(/^Not (known to be )?saved/)).toBeVisible({ timeout: 30_000 });
  } finally {
    await etcd.restart();
  }
  await expect(async () => {
    if (await apply.isVisible()) await apply.click({ timeout: 2_000 });
    await expect(toast(page)).toContainText(/Saved as rev \d+/, { timeout: 3_000 });
  }).toPass({ timeout: 40_000 });
  const after = (await readValue(etcd.endpoint, RULES_KEY)) as Record<string, readonly unknown[]>;
  const [old, file] = [before as Record<string, readonly unknown[]>, JSON.parse(APP_RULES)];
  expect(after.inbound_rules).toEqual([...(old.inbound_rules ?? []), ...file.inbound_rules]);
  expect(after.outbound_rules).toEqual(old.outbound_rules);
  complaints.length = 0;
});
