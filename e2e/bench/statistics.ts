/** What a set of timings comes to. */
export type Summary = { readonly median: number; readonly min: number; readonly max: number; readonly p99: number };

/** A ratio and the interval it lies in with 95% confidence. */
export type Ratio = { readonly value: number; readonly low: number; readonly high: number };

const RESAMPLES = 1_000;

/** The value below which `share` of the samples lie; between two samples it is interpolated. Throws on no samples. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) throw new Error("no samples");
  return below + (above - below) * (place - Math.floor(place));
}

/** Median, extremes and 99th percentile of one contestant's samples. */
export function summarize(samples: readonly number[]): Summary {
  return {
    median: quantile(samples, 0.5),
    min: Math.min(...samples),
    max: Math.max(...samples),
    p99: quantile(samples, 0.99),
  };
}

/**
 * The ratio of two contestants' quantiles (the median unless said otherwise), with a 95% interval by bootstrap. Samples
 * stand in the order of their rounds and a round is drawn as a pair, so that a busy moment of the machine weighs on both.
 * The same samples always give the same interval.
 */
export function ratioOf(samples: readonly number[], floor: readonly number[], share = 0.5): Ratio {
  const random = generator(samples.length * 7919 + 1);
  const isPaired = samples.length === floor.length;
  const ratios = Array.from({ length: RESAMPLES }, () => {
    const drawn = samples.map(() => Math.floor(random() * samples.length));
    const drawnFloor = isPaired ? drawn : floor.map(() => Math.floor(random() * floor.length));
    return quantile(pick(samples, drawn), share) / quantile(pick(floor, drawnFloor), share);
  });
  return {
    value: quantile(samples, share) / quantile(floor, share),
    low: quantile(ratios, 0.025),
    high: quantile(ratios, 0.975),
  };
}

function pick(samples: readonly number[], indexes: readonly number[]): readonly number[] {
  return indexes.map((index) => samples[index] ?? Number.NaN);
}

/** Mulberry32: small, and the same on every machine. */
function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
