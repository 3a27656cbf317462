import { card, expect, openBoard, ruleTexts, test, toast } from "../support/board-test.ts";

const WEB = {
  tags: ["WEB"],
  rules: {
    inbound_rules: [
      { action: "allow", protocol: "tcp", dst_ports: [80, 443] },
      { action: "allow", protocol: "icmp", icmp_type: 8 },
      { action: "deny", protocol: "tcp", src_tag: "BATCH" },
    ],
    outbound_rules: [{ action: "allow" }],
  },
};

test("a profile is created, gets a rule by text, and is stored as calicoctl would store it", async ({ page, keys }) => {
  await openBoard(page);
  await expect(page.getByRole("heading", { name: "No profiles yet" })).toBeVisible();
  await page.keyboard.press("n");
  const dialog = page.getByRole("dialog", { name: "New profile" });
  await dialog.getByLabel("Name").fill("we b");
  await expect(dialog.getByText(/we b/)).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Create profile" })).toBeDisabled();
  await dialog.getByLabel("Name").fill("WEB");
  await dialog.getByRole("button", { name: "Create profile" }).click();
  await expect(card(page, "WEB")).toBeFocused();
  expect(await ruleTexts(page, "WEB", "inbound")).toEqual(["allow from tag WEB"]);

  await page.keyboard.press("a");
  const entry = page.getByRole("dialog", { name: /New rule: WEB inbound 2/ });
  await entry.getByLabel("Rule", { exact: true }).fill("allow tcp to ports 80,70000");
  await expect(entry.getByText(/Character 23:/)).toBeVisible();
  await expect(entry.getByRole("button", { name: /Add to draft/ })).toBeDisabled();
  await entry.getByLabel("Rule", { exact: true }).fill("allow tcp to ports 80,443");
  await page.keyboard.press("Enter");

  await expect
    .poll(() => ruleTexts(page, "WEB", "inbound"))
    .toEqual(["allow from tag WEB", "allow tcp to ports 80,443"]);
  await expect(card(page, "WEB").locator("[data-impact]")).toContainText("Save · opens");
  await page.keyboard.press("Control+s");
  await expect(toast(page)).toContainText(/Saved as rev \d+/);
  await expect(card(page, "WEB").locator("[data-impact]")).toHaveCount(0);
  expect(JSON.parse((await keys.get("/calico/v1/policy/profile/WEB/rules")) ?? "")).toEqual({
    inbound_rules: [
      { action: "allow", src_tag: "WEB" },
      { action: "allow", protocol: "tcp", dst_ports: [80, 443] },
    ],
    outbound_rules: [{ action: "allow" }],
  });
});

test("a rule is dragged on the card by its handle, and the line says where it will be", async ({
  page,
  seed,
  keys,
}) => {
  await seed({ profiles: { WEB } });
  await openBoard(page);
  const row = card(page, "WEB").locator("[data-direction=inbound] [data-rule='1']");
  await row.hover();
  const handle = await row.locator("[data-handle]").boundingBox();
  if (handle === null) throw new Error("the row has no handle");
  const [x, y] = [handle.x + handle.width / 2, handle.y + handle.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 20, y + 20, { steps: 5 });
  await page.mouse.move(x + 20, y + 33, { steps: 5 });
  await expect(page.locator("[data-drop]")).toHaveAttribute("data-drop", "2");
  await expect(row).toContainText("Moving from here");
  await page.mouse.up();
  await expect(toast(page)).toContainText("Rule 1 moved to position 2 of 3 inbound");
  expect((await ruleTexts(page, "WEB", "inbound"))[1]).toBe("allow tcp to ports 80,443");

  await card(page, "WEB").getByRole("button", { name: /^Save/ }).click();
  await expect(toast(page)).toContainText(/Saved as rev \d+/);
  const stored = JSON.parse((await keys.get("/calico/v1/policy/profile/WEB/rules")) ?? "");
  expect(stored.inbound_rules.map((rule: { protocol: string }) => rule.protocol)).toEqual(["icmp", "tcp", "tcp"]);
});

test("a drag that is cancelled, or let go far away, changes nothing", async ({ page, seed }) => {
  await seed({ profiles: { WEB } });
  await openBoard(page);
  const row = card(page, "WEB").locator("[data-direction=inbound] [data-rule='1']");
  for (const end of ["Escape", "away"] as const) {
    await row.hover();
    const handle = await row.locator("[data-handle]").boundingBox();
    if (handle === null) throw new Error("the row has no handle");
    await page.mouse.move(handle.x + 10, handle.y + 10);
    await page.mouse.down();
    await page.mouse.move(handle.x + 30, handle.y + 40, { steps: 5 });
    await expect(page.locator("[data-drop]")).toHaveCount(1);
    if (end === "Escape") await page.keyboard.press("Escape");
    else await page.mouse.move(900, 700, { steps: 5 });
    await expect(page.locator("[data-drop]")).toHaveCount(0);
    await page.mouse.up();
  }
  expect((await ruleTexts(page, "WEB", "inbound"))[0]).toBe("allow tcp to ports 80,443");
  await expect(page.locator("[data-impact]")).toHaveCount(0);
});

test("a draft survives a reload, shows what it changes, and can be discarded", async ({ page, seed }) => {
  await seed({ profiles: { WEB } });
  await openBoard(page);
  await card(page, "WEB").getByRole("button", { name: "Menu of rule 1 inbound" }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await expect.poll(() => ruleTexts(page, "WEB", "inbound")).toHaveLength(2);
  await page.reload();
  await expect(card(page, "WEB").locator("[data-impact]")).toContainText("closes");
  expect(await ruleTexts(page, "WEB", "inbound")).toHaveLength(2);
  await card(page, "WEB")
    .getByRole("button", { name: /Review draft/ })
    .click();
  await expect(page.getByRole("dialog").getByText("Remove inbound 1")).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Discard" }).click();
  await expect.poll(() => ruleTexts(page, "WEB", "inbound")).toHaveLength(3);
  await page.reload();
  await expect(card(page, "WEB")).toBeVisible();
  expect(await ruleTexts(page, "WEB", "inbound")).toHaveLength(3);
});

test("the form and the line are one rule", async ({ page, seed }) => {
  await seed({ profiles: { WEB } });
  await openBoard(page);
  await card(page, "WEB").locator("[data-direction=inbound] [data-rule='1'] [data-row-button]").click();
  const dialog = page.getByRole("dialog", { name: "WEB inbound 1" });
  await expect(dialog.getByLabel("To ports", { exact: true })).toHaveValue("80,443");
  await dialog.getByLabel("To ports", { exact: true }).fill("80, 8443");
  await dialog.getByLabel("From tag", { exact: true }).fill("LB");
  await dialog.getByText("Deny", { exact: true }).click();
  await expect(dialog.getByLabel("Rule", { exact: true })).toHaveValue("deny tcp from tag LB to ports 80,8443");
  await dialog.getByLabel("Rule", { exact: true }).fill("allow udp from not tag X to ports 53");
  await expect(dialog.getByLabel("Protocol", { exact: true })).toHaveValue("udp");
  await expect(dialog.getByLabel("From tag", { exact: true })).toHaveValue("");
  await dialog.getByLabel("To ports", { exact: true }).fill("5353");
  await expect(dialog.getByLabel("Rule", { exact: true })).toHaveValue("allow udp from not tag X to ports 5353");
  await dialog.getByRole("button", { name: /Change in draft/ }).click();
  await expect.poll(() => ruleTexts(page, "WEB", "inbound")).toContain("allow udp from not tag X to ports 5353");
});

test("a tag is added and removed in the draft, and the button says what that opens", async ({ page, seed, keys }) => {
  const APP = {
    tags: ["APP"],
    rules: {
      inbound_rules: [{ action: "allow", protocol: "tcp", dst_ports: [7890], src_tag: "APP_7890" }],
      outbound_rules: [],
    },
  };
  await seed({ profiles: { WEB, APP } });
  await openBoard(page);
  await card(page, "WEB").getByRole("button", { name: "Tags of WEB" }).click();
  const dialog = page.getByRole("dialog", { name: "Tags of WEB" });
  await expect(dialog.getByText("A tag is a grant: adding one can open access.")).toBeVisible();
  await dialog.getByLabel("Add tag").fill("bad tag");
  await page.keyboard.press("Enter");
  await expect(dialog.getByText(/bad tag/)).toBeVisible();
  await dialog.getByLabel("Add tag").fill("APP_7890");
  await expect(dialog.locator("[data-pair='WEB>APP']")).toContainText("tcp 7890");
  await expect(dialog.getByRole("button", { name: "Add · opens 1" })).toBeEnabled();
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(card(page, "WEB").getByRole("button", { name: "Save · opens 1" })).toBeVisible();
  await card(page, "WEB").getByRole("button", { name: "Save · opens 1" }).click();
  await expect(toast(page)).toContainText(/Saved as rev \d+/);
  expect(JSON.parse((await keys.get("/calico/v1/policy/profile/WEB/tags")) ?? "")).toEqual(["WEB", "APP_7890"]);
});

test("removing a profile says which endpoints it cuts off", async ({ page, seed, keys }) => {
  const endpoint = {
    state: "active",
    name: "cali1",
    mac: "ee:ee:ee:ee:00:01",
    profile_ids: ["WEB"],
    ipv4_nets: ["10.0.0.1/32"],
    ipv6_nets: [],
  };
  await seed({ profiles: { WEB }, endpoints: { "web-1": endpoint } });
  await openBoard(page);
  await card(page, "WEB").getByRole("button", { name: "Menu of WEB" }).click();
  await page.getByRole("menuitem", { name: /Remove profile/ }).click();
  const dialog = page.getByRole("dialog", { name: "This cuts off 1 endpoint" });
  await expect(dialog.getByText("node-1/manual/web-1/web-1")).toBeVisible();
  await dialog.getByRole("button", { name: "Remove WEB, cut them off" }).click();
  // The dialog hides the cards behind it from roles: only etcd says when the profile is gone.
  await expect.poll(() => keys.get("/calico/v1/policy/profile/WEB/rules")).toBeUndefined();
  await expect(dialog).toHaveCount(0);
  await expect(card(page, "WEB")).toHaveCount(0);
});

test("the worked example is loaded from the first run", async ({ page, seed }) => {
  await seed({ profiles: {} });
  await openBoard(page);
  // The first way in has the focus once the page listens to its keys.
  await expect(page.getByRole("button", { name: "Create a profile" })).toBeFocused();
  await page.keyboard.press("x");
  await expect(card(page, "WEB")).toBeVisible();
  expect(await ruleTexts(page, "APP", "inbound")).toEqual([
    "allow tcp from tag APP_7890 to ports 7890",
    "allow icmp type 8",
  ]);
});
