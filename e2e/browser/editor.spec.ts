import type { Page } from "@playwright/test";
import { axeViolations } from "../support/axe-violations.ts";
import { expect, openBoard, test, toast } from "../support/board-test.ts";

const allow = (port: number, more: object = {}) => ({ action: "allow", protocol: "tcp", dst_ports: [port], ...more });
const APP = {
  tags: ["APP"],
  rules: {
    inbound_rules: [allow(7890, { src_tag: "KEY" }), allow(1), allow(2), allow(3), allow(4)],
    outbound_rules: [{ action: "allow" }],
  },
};
const WEB = { tags: ["WEB", "KEY"], rules: { inbound_rules: [], outbound_rules: [{ action: "allow" }] } };
const RULES = "/calico/v1/policy/profile/APP/rules";
const SIDECAR = "/tortie/v1/sidecar/profile/APP";

const list = (page: Page) => page.getByRole("list", { name: "APP inbound rules" });
const row = (page: Page, position: number) => list(page).locator(`[data-rule='${position}'] [data-row-button]`);
const inspector = (page: Page) => page.getByRole("complementary", { name: "Inspector" });

async function ports(page: Page): Promise<readonly string[]> {
  const titles = await list(page)
    .locator("[data-rule] [data-row-button]")
    .evaluateAll((rows) => rows.map((each) => each.getAttribute("title") ?? ""));
  return titles.map((title) => /ports (\S+)/.exec(title)?.[1] ?? "");
}

async function openApp(page: Page): Promise<void> {
  await openBoard(page, "/profiles/APP");
  await expect(row(page, 5)).toBeVisible();
}

test("the inspector has a field for everything, its line and form are one rule, and a line is added by text", async ({
  page,
  seed,
}) => {
  await seed({ profiles: { APP, WEB } });
  await openApp(page);
  await row(page, 1).click();
  const rule = inspector(page).getByRole("region", { name: "Inbound 1" });
  await expect(rule.getByLabel("Rule", { exact: true })).toHaveValue("allow tcp from tag KEY to ports 7890");
  await expect(rule.getByText("held by 1 profile")).toBeVisible();
  await rule.getByText("Except (not)").click();
  await rule.getByLabel("Not from tag").fill("GUEST");
  await rule.getByLabel("Not to ports").fill("22");
  await rule.getByText("Log", { exact: true }).click();
  await rule.getByLabel("Log prefix").fill("app");
  await expect(rule.getByLabel("Rule", { exact: true })).toHaveValue(
    "log tcp from tag KEY not tag GUEST to ports 7890 not ports 22 prefix app",
  );
  await expect(row(page, 1)).toContainText("log");
  await rule.getByLabel("Rule", { exact: true }).fill("allow 47 from cidr 10.0.0.0/");
  await expect(rule.getByText(/Character \d+:/)).toBeVisible();
  await expect(row(page, 1)).toContainText("log");
  await rule.getByLabel("Rule", { exact: true }).fill("allow 47 from cidr 10.0.0.0/8");
  await expect(rule.getByLabel("Protocol", { exact: true })).toHaveValue("47");
  await expect(page.locator("[data-impact]")).toBeVisible();

  await page.keyboard.press("Escape");
  await row(page, 1).focus();
  await page.keyboard.press("a");
  const entry = page.getByLabel("Add inbound rule", { exact: true });
  await expect(entry).toBeFocused();
  await entry.pressSequentially("allow tcp from tag ");
  const offered = page.locator(`[id="${await entry.getAttribute("list")}"] option`);
  await expect(offered.first()).toHaveAttribute("value", /^allow tcp from tag (APP|KEY)/);
  await entry.fill(`allow ${"x ".repeat(60_000)}`);
  await expect(page.getByText(/10000|10,000/).first()).toBeVisible();
  await entry.fill("allow tcp from tag WEB to ports 443");
  await page.keyboard.press("Enter");
  await expect(row(page, 6)).toContainText("443");
  await expect(page.locator("[data-summary=inbound]")).toContainText("tcp 443");
});

test("axe finds nothing on the page with a rule chosen, in both themes", async ({ page, seed }) => {
  await seed({ profiles: { APP, WEB } });
  await openApp(page);
  await row(page, 1).click();
  await page.keyboard.press("p");
  await expect(list(page).locator("[data-parked='1']")).toBeVisible();
  await row(page, 1).click();
  await expect(page.locator("[data-summary=inbound]")).toBeVisible();
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme });
    expect(await axeViolations(page), theme).toEqual([]);
  }
});

test("JSON and lists are one draft, and JSON that cannot be read never takes the lists away", async ({
  page,
  seed,
}) => {
  await seed({ profiles: { APP, WEB } });
  await openApp(page);
  await inspector(page).getByRole("tab", { name: "JSON" }).click();
  await expect(page).toHaveURL(/view=split/);
  const text = inspector(page).getByRole("textbox", { name: "Rules of APP as JSON" });
  await expect(text).toContainText("7890");
  const write = async (json: unknown) => {
    await text.click();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText(typeof json === "string" ? json : JSON.stringify(json));
  };
  await write('{"id":"APP","inbound_rules":[{"action":"allow","port":1}],"outbound_rules":[]}');
  await expect(inspector(page).getByRole("list", { name: "Problems" })).toContainText(/1:\d+ .*port/);
  expect(await ports(page)).toEqual(["7890", "1", "2", "3", "4"]);
  const inbound = [...APP.rules.inbound_rules.slice(1), APP.rules.inbound_rules[0]];
  await write({ id: "APP", inbound_rules: inbound, outbound_rules: APP.rules.outbound_rules });
  await expect(inspector(page).getByText("Can be applied")).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await expect(toast(page)).toContainText("1 edit");
  await expect.poll(() => ports(page)).toEqual(["1", "2", "3", "4", "7890"]);
  await page.getByRole("button", { name: "Undo", exact: true }).first().click();
  await expect.poll(() => ports(page)).toEqual(["7890", "1", "2", "3", "4"]);

  // A hundred thousand lines: nothing stops, nothing is lost, and the lists are as they were.
  const long = `{"id":"APP",\n${"\n".repeat(100_000)}"inbound_rules":[],"outbound_rules":[]}`;
  await page.getByText("JSON", { exact: true }).first().click();
  await expect(list(page)).toBeHidden();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), long);
  await text.click();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+v");
  await expect(inspector(page).getByText("Can be applied")).toBeVisible();
  await page.getByText("Rules", { exact: true }).first().click();
  expect(await ports(page)).toEqual(["7890", "1", "2", "3", "4"]);
  await page.getByText("Split", { exact: true }).click();
  await expect(inspector(page).getByText("Can be applied")).toBeVisible();
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme });
    expect(await axeViolations(page), theme).toEqual([]);
  }
  await inspector(page).getByRole("button", { name: "Back to the draft" }).click();
  await expect(text).toContainText("7890");
});

test("several rules are chosen and moved by keys, in one step, and parked rules and comments are kept beside the rules", async ({
  page,
  seed,
  keys,
}) => {
  await seed({ profiles: { APP, WEB } });
  await openApp(page);
  await row(page, 1).click();
  await inspector(page)
    .getByLabel(/^Comment/)
    .fill("for the web, NET-2291");
  await row(page, 1).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(inspector(page).getByRole("region", { name: "2 rules chosen" })).toBeVisible();
  await page.keyboard.press("Alt+End");
  await expect.poll(() => ports(page)).toEqual(["7890", "3", "4", "1", "2"]);
  await expect(row(page, 5)).toBeFocused();
  await page.keyboard.press("Control+z");
  await expect.poll(() => ports(page)).toEqual(["7890", "1", "2", "3", "4"]);

  await row(page, 3).click();
  await row(page, 3).focus();
  await page.keyboard.press("p");
  await expect(list(page).locator("[data-parked='3']")).toContainText("parked");
  await page.keyboard.press("Control+s");
  await expect(toast(page)).toContainText(/Saved as rev \d+/);
  await expect(page.locator("[data-impact]")).toHaveCount(0);
  const stored = (await keys.get(RULES)) ?? "";
  expect(JSON.parse(stored).inbound_rules).toHaveLength(4);
  expect(stored).not.toContain("NET-2291");
  expect(await keys.get(SIDECAR)).toContain("NET-2291");

  // Somebody else, who knows nothing of it, reorders the rules.
  const theirs = JSON.parse(stored);
  await keys.put(RULES, JSON.stringify({ ...theirs, inbound_rules: [...theirs.inbound_rules].reverse() }));
  await expect.poll(() => ports(page)).toEqual(["4", "3", "1", "7890"]);
  await page.reload();
  await expect(row(page, 4)).toHaveAttribute("title", /NET-2291/);
  await list(page).locator("[data-parked] [data-row-button]").click();
  await inspector(page)
    .getByRole("button", { name: /Restore at/ })
    .click();
  await expect.poll(async () => (await ports(page)).toSorted().join()).toBe("1,2,3,4,7890");
  await expect(list(page).locator("[data-parked]")).toHaveCount(0);
});

test("the bar names the intents and findings a draft changes, and the button says it before it is pressed", async ({
  page,
  seed,
  keys,
}) => {
  await seed({ profiles: { APP, WEB } });
  const promise = { must: "reach", from: "profile:WEB", to: "profile:APP", protocol: "tcp", dst_ports: [7890] };
  await keys.put("/tortie/v1/intent/kept", JSON.stringify(promise));
  await openApp(page);
  await page.getByLabel("Add inbound rule", { exact: true }).fill("deny tcp to ports 4");
  await page.keyboard.press("Enter");
  const consequences = page.getByRole("region", { name: "Intents and findings" });
  await expect(consequences).toContainText("Intents 1 of 1 hold");
  await expect(consequences).toContainText(/new APP inbound 6 .*never matches/);
  await expect(page.getByRole("button", { name: "Save · nothing opens or closes, adds 1 finding" })).toBeEnabled();
  await row(page, 1).focus();
  await page.keyboard.press("Delete");
  await expect(consequences).toContainText("Intents 0 of 1 hold");
  await expect(consequences).toContainText("breaks WEB must reach APP on tcp/7890");
  await page.getByRole("button", { name: "Save · breaks 1 intent…" }).click();
  const asked = page.getByRole("dialog");
  await expect(asked).toContainText("WEB must reach APP on tcp/7890");
  await page.keyboard.press("Escape");
  expect(JSON.parse((await keys.get(RULES)) ?? "").inbound_rules).toHaveLength(5);
});

test("a tag is renamed in every holder and rule at once, and nothing else is open after it", async ({
  page,
  seed,
  keys,
}) => {
  await seed({ profiles: { APP, WEB } });
  await openApp(page);
  await page.keyboard.press("t");
  await page.getByRole("button", { name: "Rename tag KEY" }).click();
  const dialog = page.getByRole("dialog", { name: "Rename tag KEY" });
  await expect(dialog.getByText("held by 1 profile, named by 1 rule").first()).toBeVisible();
  await dialog.getByLabel("New name").fill("WEB");
  await expect(dialog.getByText(/would merge the two/)).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
  await dialog.getByLabel("New name").fill("APP_7890");
  await page.keyboard.press("Enter");
  await expect(toast(page)).toContainText("No change to what is reachable.");
  expect(JSON.parse((await keys.get("/calico/v1/policy/profile/WEB/tags")) ?? "")).toEqual(["WEB", "APP_7890"]);
  expect((await keys.get(RULES)) ?? "").toContain('"src_tag":"APP_7890"');
});
