import { canonicalRule } from "#policy/canonical-rule.ts";
import type { SideVerdict, TraceStep } from "#policy/packet.ts";

/**
 * The allowing rule that came closest to letting a denied packet through: the fewest failed criteria, then the first
 * in order. Rules after the one that denied were not reached and do not count.
 */
export function nearestMiss(side: SideVerdict): TraceStep | undefined {
  if (side.verdict === "allow") return undefined;
  return side.trace
    .filter((step) => isMiss(step) && canonicalRule(step.rule).action === "allow")
    .reduce<TraceStep | undefined>(
      (best, step) => (best === undefined || step.failed.length < best.failed.length ? step : best),
      undefined,
    );
}

function isMiss({ outcome }: TraceStep): boolean {
  return outcome === "no-match" || outcome === "other-family";
}
