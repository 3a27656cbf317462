import { test as base, expect, type Page } from "@playwright/test";
import { startEtcd, type TestEtcd } from "#store/testing/start-etcd.ts";
import { type EtcdKeys, etcdKeys } from "./etcd-keys.ts";
import { type SeedState, seedEntries } from "./seed-state.ts";
import { startBoard, type TestBoard } from "./start-board.ts";

/** What a browser test works with: an empty policy at its start. */
type BoardFixtures = {
  /** Raw keys of the board's etcd: what others write. */
  readonly keys: EtcdKeys & { readonly get: (key: string) => Promise<string | undefined> };
  /** Writes a whole policy, as another program would. */
  readonly seed: (state: SeedState) => Promise<void>;
  /** Content security violations and errors of the page's console; a test that causes some empties it. */
  readonly complaints: string[];
};

type WorkerFixtures = { readonly etcd: TestEtcd; readonly board: TestBoard };

/** Playwright's test with a private etcd and a built board per file. */
export const test = base.extend<BoardFixtures, WorkerFixtures>({
  etcd: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures it is to make from here.
    async ({}, use) => {
      const etcd = await startEtcd();
      await use(etcd);
      await etcd.stop();
    },
    { scope: "worker" },
  ],
  board: [
    async ({ etcd }, use) => {
      const board = await startBoard(etcd.endpoint);
      await use(board);
      await board.stop();
    },
    { scope: "worker", timeout: 40_000 },
  ],
  baseURL: async ({ board }, use) => use(board.url),
  keys: async ({ etcd }, use) => {
    await removeAll(etcd.endpoint);
    await use({ ...etcdKeys(etcd.endpoint), get: (key) => readKey(etcd.endpoint, key) });
  },
  seed: async ({ keys }, use) => {
    await use(async (state) => {
      for (const [key, value] of seedEntries(state)) await keys.put(key, value);
    });
  },
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error") complaints.push(message.text());
      });
      page.on("pageerror", (error) => complaints.push(String(error)));
      await use(complaints);
      expect(complaints, "the page's console").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Opens the board and waits until it is live: what the server drew does not hear keys yet. */
export async function openBoard(page: Page, path = "/profiles"): Promise<void> {
  await page.goto(path);
  await expect(page.getByTestId("revision").first()).toContainText(/rev \d/);
  await expect(page.locator("[data-line]:not([data-line=connecting])").first()).toBeAttached();
}

/** The card of a profile. */
export function card(page: Page, id: string) {
  return page.getByRole("article", { name: `Profile ${id}`, exact: true });
}

/** The message at the bottom right. */
export function toast(page: Page) {
  return page.locator("[data-toast]");
}

/** The rules of one list as they stand on a card, by their text. */
export async function ruleTexts(page: Page, id: string, direction: "inbound" | "outbound"): Promise<readonly string[]> {
  const rows = card(page, id).locator(`[data-direction=${direction}] [data-row-button]`);
  return rows.evaluateAll((buttons) => buttons.map((button) => button.getAttribute("title") ?? ""));
}

async function removeAll(endpoint: string): Promise<void> {
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  for (const [from, to] of [
    ["/calico/", "/calico0"],
    ["/tortie/", "/tortie0"],
  ] as const) {
    const body = JSON.stringify({ key: base64(from), range_end: base64(to) });
    await fetch(`${endpoint}/v3/kv/deleterange`, { method: "POST", body });
  }
}

async function readKey(endpoint: string, key: string): Promise<string | undefined> {
  const body = JSON.stringify({ key: Buffer.from(key).toString("base64") });
  const answer = await fetch(`${endpoint}/v3/kv/range`, { method: "POST", body });
  const { kvs } = (await answer.json()) as { kvs?: readonly { value: string }[] };
  const value = kvs?.[0]?.value;
  return value === undefined ? undefined : Buffer.from(value, "base64").toString();
}
