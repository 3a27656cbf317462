import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "#agent/clock.ts";
import { statusReporter } from "#agent/report-status.ts";
import { StoreUnavailableError } from "#store/policy-store.ts";

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** A store that remembers revisions written, and is away as often as told. */
function listeningStore(failures = 0) {
  const written: number[] = [];
  let left = failures;
  const write = async (revision: number) => {
    left -= 1;
    if (left >= 0) throw new StoreUnavailableError("away");
    // A write takes a while; what happens meanwhile must not be forgotten.
    await new Promise((resolve) => setTimeout(resolve, 300));
    written.push(revision);
  };
  return { written, write };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("reporting the status", () => {
  it("a burst of changes is one write, and the last one wins", async () => {
    const { written, write } = listeningStore();
    let revision = 1;
    const reporter = statusReporter({
      write: () => write(revision),
      heartbeatMs: 30_000,
      log: quiet,
      clock: systemClock,
    });
    for (revision = 2; revision < 50; revision += 1) reporter.report();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(written).toEqual([50]);
    reporter.stop();
  });

  it("a change while a write is under way is written after it", async () => {
    const { written, write } = listeningStore();
    let revision = 1;
    const reporter = statusReporter({
      write: () => write(revision),
      heartbeatMs: 30_000,
      log: quiet,
      clock: systemClock,
    });
    await vi.advanceTimersByTimeAsync(150);
    revision = 2;
    reporter.report();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(written).toEqual([1, 2]);
    reporter.stop();
  });

  it("without a change it is written at every heartbeat", async () => {
    const { written, write } = listeningStore();
    const reporter = statusReporter({
      write: () => write(1),
      heartbeatMs: 30_000,
      log: quiet,
      clock: systemClock,
    });
    await vi.advanceTimersByTimeAsync(65_000);
    expect(written).toEqual([1, 1, 1]);
    reporter.stop();
  });

  it("a store that is away is tried again", async () => {
    const { written, write } = listeningStore(2);
    const reporter = statusReporter({
      write: () => write(1),
      heartbeatMs: 30_000,
      log: quiet,
      clock: systemClock,
    });
    await vi.advanceTimersByTimeAsync(12_000);
    expect(written).toEqual([1]);
    reporter.stop();
  });
});
