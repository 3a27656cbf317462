import { expect, it } from "vitest";
import { memoryKeeper } from "#agent/give-memory-back.ts";

const MB = 1024 * 1024;

it("collects when nothing was done and the process has grown, and not again before it grows again", () => {
  let rss = 500 * MB;
  let collections = 0;
  const keeper = memoryKeeper(
    () => rss,
    () => {
      collections += 1;
      rss = 150 * MB;
    },
  );
  keeper.rest();
  keeper.rest();
  keeper.worked();
  keeper.rest();
  expect(collections).toBe(0);
  keeper.rest();
  keeper.rest();
  expect(collections).toBe(1);
  keeper.rest();
  rss += 31 * MB;
  keeper.rest();
  expect(collections).toBe(1);
  rss += 2 * MB;
  keeper.rest();
  expect(collections).toBe(2);
});

it("knows the engine's own collection", () => {
  const keeper = memoryKeeper();
  keeper.worked();
  keeper.rest();
  expect(() => keeper.rest()).not.toThrow();
});
