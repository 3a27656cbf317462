/**
 * How many random cases a property tries: a base that keeps `npm test` short, times TORTIE_RUNS (a whole number) for
 * the long version of the suites.
 */
export function runCount(base: number): { readonly numRuns: number } {
  const factor = Number(process.env.TORTIE_RUNS ?? "1");
  return { numRuns: base * (Number.isInteger(factor) && factor > 0 ? factor : 1) };
}

/** Random suites share two cores with everything else, and long runs take long: no clock decides. */
export const PROPERTY_TIMEOUT = { timeout: 3_600_000 } as const;
