import type { Page } from "@playwright/test";

/** Milliseconds, and the longest single task of the main thread meanwhile (0: none above 50). */
export type Measured = { readonly ms: number; readonly longestTaskMs: number };

declare global {
  interface Window {
    longTasks: number[];
  }
}

/** Counts long tasks from the first script on. */
export async function watchLongTasks(page: Page): Promise<void> {
  // tsx names inner functions with a helper that a page does not have.
  await page.addInitScript("globalThis.__name = (named) => named;");
  await page.addInitScript(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.longTasks.push(entry.duration);
    }).observe({ type: "longtask", buffered: true });
  });
}

/** Runs an action of a person and waits for what it leads to. */
export async function measure(page: Page, act: () => Promise<void>, until: () => Promise<unknown>): Promise<Measured> {
  await page.evaluate(() => {
    window.longTasks.length = 0;
  });
  const startedAt = performance.now();
  await act();
  await until();
  const ms = performance.now() - startedAt;
  return { ms, longestTaskMs: await longestTask(page) };
}

/** The longest task so far; entries come a moment after their task. */
export async function longestTask(page: Page): Promise<number> {
  await page.waitForTimeout(100);
  return page.evaluate(() => Math.max(0, ...window.longTasks));
}

/** When the first element that matches was painted, in milliseconds since the navigation. */
export function firstPaintOf(page: Page, selector: string): Promise<number> {
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const look = () => {
          if (document.querySelector(wanted) === null) requestAnimationFrame(look);
          else requestAnimationFrame(() => resolve(performance.now()));
        };
        look();
      }),
    selector,
  );
}

/** The floor: how long the browser takes to build and paint what the page shows, without any of its code. */
export function redrawMs(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const html = document.body.innerHTML;
        const frame = document.createElement("div");
        const startedAt = performance.now();
        frame.innerHTML = html;
        document.body.append(frame);
        frame.getBoundingClientRect();
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            const ms = performance.now() - startedAt;
            frame.remove();
            resolve(ms);
          }),
        );
      }),
  );
}

/** Bytes of live JavaScript objects after a collection. */
export async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize;
}

/** Bytes of script the page has loaded, as they came over the line. */
export function scriptBytes(page: Page): Promise<number> {
  return page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter((entry) => entry instanceof PerformanceResourceTiming && new URL(entry.name).pathname.endsWith(".js"))
      .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0),
  );
}
