import { chromium, type Page } from "@playwright/test";
import { startEtcd } from "#store/testing/start-etcd.ts";
import { type EtcdKeys, etcdKeys } from "../../support/etcd-keys.ts";
import { seedEntries } from "../../support/seed-state.ts";
import { startBoard } from "../../support/start-board.ts";
import { compareSamples, formatComparison, timed } from "../compare.ts";
import { quantile } from "../statistics.ts";
import { boardEstate, LONG, nameOf, rulesOf } from "./estate.ts";
import {
  firstPaintOf,
  heapBytes,
  longestTask,
  type Measured,
  measure,
  redrawMs,
  scriptBytes,
  watchLongTasks,
} from "./measure.ts";

const SIZES = [12, 300, 1_000];
const ROUNDS = 10;
const AT_ONCE = 50;
const MEMORY_MS = { short: 20_000, long: 600_000 };

type World = { readonly page: Page; readonly keys: EtcdKeys; readonly url: string; readonly count: number };

/**
 * T9 and T10 in Chromium, against the build in `.next` (`npm run build` first). Arguments are numbers of profiles, and
 * `long` for ten minutes of live updates.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const sizes = args.map(Number).filter((size) => Number.isInteger(size) && size > 1);
  for (const count of sizes.length === 0 ? SIZES : sizes) {
    const memoryMs = args.includes("long") ? MEMORY_MS.long : MEMORY_MS.short;
    await inWorld(count, (world) => benchBoard(world, memoryMs));
  }
}

async function inWorld(count: number, run: (world: World) => Promise<void>): Promise<void> {
  const etcd = await startEtcd();
  const keys = etcdKeys(etcd.endpoint);
  for (const [key, value] of seedEntries(boardEstate(count))) await keys.put(key, value);
  const board = await startBoard(etcd.endpoint);
  const browser = await chromium.launch({
    executablePath: process.env.TORTIE_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await watchLongTasks(page);
    await run({ page, keys, url: board.url, count });
  } finally {
    await browser.close();
    await board.stop();
    await etcd.stop();
  }
}

async function benchBoard(world: World, memoryMs: number): Promise<void> {
  print(`\n${world.count} profiles, 20 rules each\n`);
  await benchFirstContent(world);
  await benchSearch(world);
  await benchLiveUpdate(world);
  await benchMemory(world, memoryMs);
  await benchDrag(world);
}

/** Every round is a new document; the floor draws the same elements without any code. */
async function benchFirstContent({ page, url, count }: World): Promise<void> {
  const painted: number[] = [];
  const drawn: number[] = [];
  const tasks: number[] = [];
  let bytes = 0;
  for (let round = -1; round < ROUNDS; round += 1) {
    await page.goto(`${url}/profiles`);
    const ms = await firstPaintOf(page, "article");
    bytes = await scriptBytes(page);
    if (round < 0) continue;
    painted.push(ms);
    tasks.push(await longestTask(page));
    drawn.push(await redrawMs(page));
  }
  const compared = compareSamples([
    { name: "floor: the same elements drawn", samples: drawn },
    { name: "first card painted", samples: painted },
  ]);
  print(formatComparison(`first content of ${count} (T9: < 1500 ms at 1,000)`, compared));
  print(`  longest task ${text(tasks)} ms; first-load script ${bytes} bytes gzipped (T10: <= 200000)\n`);
}

async function benchSearch({ page, count }: World): Promise<void> {
  const field = page.getByRole("searchbox");
  const shown = page.locator("article");
  const whole = await shown.count();
  const find = `P${String(count - 2).padStart(4, "0")}`;
  const found: Measured[] = [];
  const cleared: Measured[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    found.push(
      await measure(
        page,
        () => field.fill(find),
        () => until(page, 1),
      ),
    );
    cleared.push(
      await measure(
        page,
        () => field.fill(""),
        () => until(page, whole),
      ),
    );
  }
  tell("search", found);
  tell("search cleared", cleared);
}

function until(page: Page, count: number): Promise<unknown> {
  return page.waitForFunction((wanted) => document.querySelectorAll("article").length === wanted, count, {
    polling: "raf",
  });
}

/** Fifty profiles change at once, as an import elsewhere would do it; the floor is the write alone. */
async function benchLiveUpdate({ page, keys, count }: World): Promise<void> {
  const changed: Measured[] = [];
  const written: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const before = await revisionOf(page);
    written.push(await timed(() => changeProfiles(keys, count, round)));
    changed.push(
      await measure(
        page,
        async () => undefined,
        () => untilRevisionBeyond(page, before),
      ),
    );
  }
  tell(`live update of ${Math.min(AT_ONCE, count - 1)} profiles at once, after their writes`, changed);
  print(`  their writes alone take ${text(written)} ms\n`);
}

async function changeProfiles(keys: EtcdKeys, count: number, turn: number): Promise<void> {
  const indexes = Array.from({ length: Math.min(AT_ONCE, count - 1) }, (_, index) => index);
  await Promise.all(
    indexes.map((index) =>
      keys.put(`/calico/v1/policy/profile/${nameOf(index)}/rules`, JSON.stringify(rulesOf(index, turn))),
    ),
  );
}

async function revisionOf(page: Page): Promise<number> {
  const label = await page.getByTestId("revision").first().innerText();
  return Number(/rev (\d+)/.exec(label)?.[1] ?? 0);
}

function untilRevisionBeyond(page: Page, before: number): Promise<unknown> {
  return page.waitForFunction(
    (seen) => Number(/rev (\d+)/.exec(document.querySelector("[data-testid=revision]")?.textContent ?? "")?.[1]) > seen,
    before,
    { polling: "raf" },
  );
}

async function benchMemory({ page, keys, count }: World, forMs: number): Promise<void> {
  const before = await heapBytes(page);
  const endsAt = performance.now() + forMs;
  let turns = 0;
  while (performance.now() < endsAt) {
    turns += 1;
    await changeProfiles(keys, count, 1_000 + turns);
    await page.waitForTimeout(250);
  }
  const after = await heapBytes(page);
  const mb = (bytes: number) => (bytes / 1_048_576).toFixed(1);
  print(
    `memory: ${mb(before)} MB, after ${Math.round(forMs / 1_000)} s and ${turns} updates of ${AT_ONCE} profiles ${mb(after)} MB (${(after / before).toFixed(2)}x)\n`,
  );
}

/** A rule of a 200-rule list is carried down the list and let go; then the draft is saved. */
async function benchDrag({ page, url, keys }: World): Promise<void> {
  await page.goto(`${url}/profiles/${LONG}`);
  await page.locator("[data-direction=inbound] [data-rule='200']").waitFor();
  await page.waitForTimeout(2_000);
  const carried: Measured[] = [];
  const dropped: Measured[] = [];
  const saved: Measured[] = [];
  const put: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    carried.push(
      await measure(
        page,
        () => carry(page),
        async () => undefined,
      ),
    );
    dropped.push(
      await measure(
        page,
        () => page.mouse.up(),
        () => page.locator("[data-impact-bar]").waitFor(),
      ),
    );
    await page.waitForTimeout(500);
    const save = page.getByRole("button", { name: /^Save/ }).first();
    saved.push(
      await measure(
        page,
        () => save.click(),
        () => page.locator("[data-impact-bar]").waitFor({ state: "detached" }),
      ),
    );
    put.push(await timed(() => keys.put("/bench/floor", "x".repeat(20_000))));
  }
  tell("drag in a 200-rule list (T9: no task > 50 ms)", carried);
  tell("drop", dropped);
  const compared = compareSamples([
    { name: "floor: one put of that size", samples: put },
    { name: "save, until it is on screen", samples: saved.map(({ ms }) => ms) },
  ]);
  print(formatComparison("save of a 200-rule profile", compared));
}

async function carry(page: Page): Promise<void> {
  const handle = page.locator("[data-direction=inbound] [data-rule='3'] [data-handle]");
  await handle.scrollIntoViewIfNeeded();
  const box = await handle.boundingBox();
  if (box === null) throw new Error("no handle to drag");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 5, y + 300, { steps: 30 });
}

function tell(name: string, measured: readonly Measured[]): void {
  const [ms, tasks] = [measured.map((each) => each.ms), measured.map((each) => each.longestTaskMs)];
  print(`${name} (${measured.length} rounds): ${text(ms)} ms; longest task ${text(tasks)} ms\n`);
}

function text(samples: readonly number[]): string {
  return `median ${quantile(samples, 0.5).toFixed(0)}, most ${Math.max(...samples).toFixed(0)}`;
}

function print(line: string): void {
  process.stdout.write(line);
}
