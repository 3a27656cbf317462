import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { liveValue } from "./live-value.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A reading that is answered by hand. */
function byHand() {
  const asked: { readonly before: number | undefined; readonly answer: (value: number) => void }[] = [];
  const read = (before: number | undefined) =>
    new Promise<number>((resolve) => asked.push({ before, answer: resolve }));
  return { asked, read };
}

test("a burst of hints while a reading is under way costs one more reading, which starts from the first", async () => {
  const { asked, read } = byHand();
  const live = liveValue(read, 1);
  for (let hint = 0; hint < 50; hint += 1) live.refresh();
  expect(asked.map(({ before }) => before)).toEqual([1]);
  asked[0]?.answer(2);
  await vi.runAllTimersAsync();
  expect(asked.map(({ before }) => before)).toEqual([1, 2]);
  asked[1]?.answer(3);
  await vi.runAllTimersAsync();
  expect(live.read()).toEqual({ value: 3, failure: undefined });
  live.refresh();
  expect(asked.length, "a hint after the burst is read").toBe(3);
});

test("a failure is tried again once, then told; the value read before it stays, and the next good reading clears it", async () => {
  let attempts = 0;
  let isAway = true;
  const live = liveValue(async () => {
    attempts += 1;
    if (isAway) throw new Error("away");
    return 8;
  }, 7);
  let told = 0;
  live.subscribe(() => {
    told += 1;
  });
  live.refresh();
  await vi.runAllTimersAsync();
  expect(attempts).toBe(2);
  expect(live.read()).toEqual({ value: 7, failure: new Error("away") });
  isAway = false;
  live.refresh();
  await vi.runAllTimersAsync();
  expect(live.read()).toEqual({ value: 8, failure: undefined });
  expect(told).toBe(2);
});
