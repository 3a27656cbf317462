import { expect, openBoard, test, toast } from "../support/board-test.ts";
import { node, panel, WEB_TAGS } from "../support/graph-page.ts";
import { estate } from "../support/sample-estates.ts";

test("a question keeps the revision of its link, says what is live, and is asked of another by number", async ({
  page,
  context,
  seed,
  keys,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await seed(estate);
  await openBoard(page, "/check?from=profile:WEB&to=profile:APP&on=tcp/7890");
  const verdict = page.locator("#verdict");
  await expect(verdict).toHaveText("Yes. WEB can reach APP on tcp/7890.");
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(toast(page)).toContainText("Link copied");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await keys.put(WEB_TAGS, ["WEB"]);
  await expect(verdict).toHaveText("No. WEB cannot reach APP on tcp/7890.");

  await page.goto(link);
  await expect(verdict).toHaveText("Yes. WEB can reach APP on tcp/7890.");
  await expect(page.getByText(/^You ask rev \d+\. Live is rev \d+\.$/)).toBeVisible();
  await expect(page.getByText("Live the answer is no.")).toBeVisible();
  expect(page.url(), "the same address, byte for byte").toBe(link);
  await page.getByRole("button", { name: "Ask what is live" }).press("Enter");
  await expect(verdict).toHaveText("No. WEB cannot reach APP on tcp/7890.");
  await page.getByLabel("At revision").fill(new URL(link).searchParams.get("rev") ?? "");
  await page.keyboard.press("Enter");
  await expect(verdict).toHaveText("Yes. WEB can reach APP on tcp/7890.");
});

test("a judge that breaks is said, and asked again", async ({ page, seed, complaints }) => {
  await seed(estate);
  await page.addInitScript(() => {
    const Real = Worker;
    let isBroken = true;
    Object.assign(globalThis, {
      mend: () => {
        isBroken = false;
      },
      Worker: class extends EventTarget {
        constructor(...args: ConstructorParameters<typeof Worker>) {
          super();
          // biome-ignore lint/correctness/noConstructorReturn: the page must get the real one once it is mended.
          if (!isBroken) return new Real(...args) as never;
        }
        postMessage() {
          setTimeout(() => this.dispatchEvent(new Event("error")));
        }
        terminate() {}
      },
    });
  });
  await openBoard(page, "/check?tab=findings");
  await expect(page.getByRole("alert").filter({ hasText: "The judge stopped before it answered." })).toBeVisible();
  await page.evaluate(() => (globalThis as unknown as { mend: () => void }).mend());
  await page.getByRole("button", { name: "Ask again" }).press("Enter");
  await expect(page.locator("[data-finding]").first()).toBeVisible();
  complaints.length = 0;
});

test("etcd away: graph and Check go on with the last good state and say its age", async ({
  page,
  seed,
  etcd,
  complaints,
}) => {
  await seed(estate);
  await openBoard(page, "/graph?from=WEB&to=APP");
  await expect(panel(page)).toContainText("WEB can reach APP");
  await etcd.kill();
  try {
    await expect(page.getByText(/^Read only: etcd has not answered for \d+ s$/)).toBeVisible({ timeout: 15_000 });
    await node(page, "from:LB").click();
    await expect(panel(page).getByRole("heading", { level: 2 })).toHaveText("LB cannot reach APP");
    await page.goto("/check?from=profile:WEB&to=profile:APP&on=tcp/7890");
    await expect(page.locator("#verdict")).toHaveText("Yes. WEB can reach APP on tcp/7890.");
    await expect(page.getByText(/^Read only: etcd has not answered for \d+ s$/)).toBeVisible();
  } finally {
    await etcd.restart();
  }
  await expect(page.getByText(/^Read only/)).toHaveCount(0, { timeout: 20_000 });
  complaints.length = 0;
});
