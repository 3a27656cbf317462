import { type Ratio, ratioOf, type Summary, summarize } from "./statistics.ts";

/** Something that can be timed again and again. */
export type Contestant = {
  readonly name: string;
  /** One round; answers what counts, in any unit (mostly milliseconds). See `timed`. */
  readonly round: (index: number) => Promise<number> | number;
};

/** A contestant's samples in the order of the rounds. */
export type Outcome = { readonly name: string; readonly samples: readonly number[]; readonly summary: Summary };

/** What a contestant is held against. */
export type Comparison = Outcome & { readonly toFloor: Ratio };

export type CompareOptions = {
  readonly rounds: number;
  /** Rounds before those that count; 1 unless given. */
  readonly warmUps?: number;
};

/**
 * Runs the contestants in interleaved rounds, the order turned by one each round, so that what the machine does meanwhile
 * weighs on all alike. The first contestant is the floor.
 */
export async function compare(
  contestants: readonly Contestant[],
  { rounds, warmUps = 1 }: CompareOptions,
): Promise<readonly Comparison[]> {
  const samples = contestants.map((): number[] => []);
  for (let round = -warmUps; round < rounds; round += 1) {
    for (let turn = 0; turn < contestants.length; turn += 1) {
      const index = (turn + round + warmUps) % contestants.length;
      const value = await contestants[index]?.round(round + warmUps);
      if (round >= 0 && value !== undefined) samples[index]?.push(value);
    }
  }
  return compareSamples(contestants.map(({ name }, index) => ({ name, samples: samples[index] ?? [] })));
}

/** Holds samples that were taken elsewhere against those of the first. */
export function compareSamples(
  contestants: readonly { readonly name: string; readonly samples: readonly number[] }[],
): readonly Comparison[] {
  const floor = contestants[0]?.samples ?? [];
  return contestants.map(({ name, samples }) => ({
    name,
    samples,
    summary: summarize(samples),
    toFloor: ratioOf(samples, floor),
  }));
}

/** Milliseconds an action takes. */
export async function timed(action: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await action();
  return performance.now() - startedAt;
}

/** A table: median, extremes, 99th percentile and ratio to the floor, a line for each contestant. */
export function formatComparison(title: string, comparisons: readonly Comparison[], unit = "ms"): string {
  const width = Math.max(...comparisons.map(({ name }) => name.length));
  const rounds = comparisons[0]?.samples.length ?? 0;
  const lines = comparisons.map(({ name, summary, toFloor }, index) => {
    const figures = `${figure(summary.median)} [${figure(summary.min)}..${figure(summary.max)}] p99 ${figure(summary.p99)}`;
    const ratio = index === 0 ? "floor" : formatRatio(toFloor);
    return `  ${name.padEnd(width)}  ${figures.padEnd(40)}  ${ratio}\n`;
  });
  return `${title} (${rounds} rounds, ${unit}: median [min..max])\n${lines.join("")}`;
}

/** A ratio and its 95% interval. */
export function formatRatio({ value, low, high }: Ratio): string {
  return `${value.toFixed(2)}x [${low.toFixed(2)}..${high.toFixed(2)}]`;
}

function figure(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toPrecision(2);
}
