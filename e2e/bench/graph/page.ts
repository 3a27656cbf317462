import { chromium, type Page } from "@playwright/test";

/** One load of the graph as a person meets it. */
export type PageTimes = {
  /** From the navigation's start until boxes (or the note that there are none) are on screen. */
  readonly pictureMs: number;
  readonly longestTaskMs: number;
  /** From a click on a box until the panel is about it. */
  readonly selectMs: number;
  readonly heapMb: number;
};

type PageOptions = { readonly rounds: number; readonly isEmpty: boolean };

/** Loads the graph in a fresh page each round and measures it there. */
export async function timePage(url: string, { rounds, isEmpty }: PageOptions): Promise<readonly PageTimes[]> {
  const browser = await chromium.launch({
    executablePath: process.env.TORTIE_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
  });
  try {
    const times: PageTimes[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const page = await browser.newPage();
      times.push(await timeLoad(page, url, isEmpty));
      await page.close();
    }
    return times;
  } finally {
    await browser.close();
  }
}

async function timeLoad(page: Page, url: string, isEmpty: boolean): Promise<PageTimes> {
  await page.addInitScript(() => {
    const tasks: number[] = [];
    Object.assign(globalThis, { tasks });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    }).observe({ type: "longtask", buffered: true });
  });
  await page.goto(`${url}/graph`, { waitUntil: "commit" });
  const done = isEmpty ? page.getByRole("heading", { name: "No profiles yet" }) : page.locator("[data-node]").first();
  await done.waitFor({ timeout: 120_000 });
  const pictureMs = await page.evaluate(() => performance.now());
  await page.waitForTimeout(1_000);
  // Tasks shorter than 50 ms are no long tasks: the browser does not report them.
  const longestTaskMs = await page.evaluate(() =>
    Math.max(0, ...(globalThis as unknown as { tasks: readonly number[] }).tasks),
  );
  const selectMs = isEmpty ? 0 : await timeSelect(page);
  const heapMb = await page.evaluate(
    () => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize / 2 ** 20,
  );
  return { pictureMs, longestTaskMs, selectMs, heapMb };
}

async function timeSelect(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const boxes = [...document.querySelectorAll<HTMLElement>("[data-node^='from:']")];
    const box = boxes.at(-1);
    const startedAt = performance.now();
    box?.click();
    while (box?.getAttribute("aria-pressed") !== "true") await new Promise((resolve) => requestAnimationFrame(resolve));
    return performance.now() - startedAt;
  });
}
