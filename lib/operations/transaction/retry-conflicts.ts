import type { Result } from "#prelude/result.ts";

const MAX_ATTEMPTS = 40;
const MAX_DELAY_MS = 120;

/**
 * Runs an attempt (load, edit, commit) again while it answers `conflict`, each time on the newest value. In every
 * round of competing writers one wins, so the bound is reached only under a crowd; then the conflict is the answer.
 */
export async function retryConflicts<T, E extends { readonly kind: string }>(
  attempt: () => Promise<Result<T, E>>,
): Promise<Result<T, E>> {
  for (let round = 1; ; round++) {
    const outcome = await attempt();
    if (outcome.ok || outcome.error.kind !== "conflict" || round === MAX_ATTEMPTS) return outcome;
    // Random, so that competing writers do not meet again at the same moment.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(MAX_DELAY_MS, 5 * round)));
  }
}
