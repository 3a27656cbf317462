import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEvaluator } from "#policy/evaluate.ts";
import type { Evaluation, SideVerdict } from "#policy/packet.ts";
import { parseProbe } from "#policy/parse-probe.ts";
import { parseStoredRules } from "#policy/rules-value.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import { arbitraryProbeJson, arbitraryState } from "#testing/arbitrary-state.ts";
import { naiveEvaluate } from "#testing/naive-evaluate.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

const RUNS = 300;
function snapshotOf(state: unknown): Snapshot {
  return snapshotFromEntries(parseStateValue(state).entries);
}

function ask(snapshot: Snapshot, probe: unknown): Evaluation {
  const parsed = parseProbe(probe);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return createEvaluator(snapshot)(parsed.value);
}

describe("evaluate on random small states", PROPERTY_TIMEOUT, () => {
  it("E5 gives the verdict of a second, naive reading of the model", () => {
    const isValidRules = (rules: unknown) => parseStoredRules(rules).ok;
    fc.assert(
      fc.property(
        arbitraryState(),
        fc.array(arbitraryProbeJson(), { minLength: 20, maxLength: 20 }),
        (state, probes) => {
          const snapshot = snapshotOf(state);
          for (const probe of probes) {
            const { verdict } = ask(snapshot, probe);
            const oracle = naiveEvaluate(state, probe, isValidRules);
            if (verdict !== oracle) throw new Error(`${verdict}, but naively ${oracle}: ${JSON.stringify(probe)}`);
          }
        },
      ),
      runCount(RUNS),
    );
  });

  it("E10 traces every rule up to the one that decided, and says what each of them missed", () => {
    fc.assert(
      fc.property(arbitraryState(), arbitraryProbeJson(), (state, probe) => {
        const { sender, receiver } = ask(snapshotOf(state), probe);
        for (const side of [sender, receiver]) expectHonestTrace(side);
      }),
      runCount(RUNS),
    );
  });
});

function expectHonestTrace({ decidedBy, trace }: SideVerdict): void {
  const decided = trace.filter(({ outcome }) => outcome === "decided");
  expect(decided.map(({ profile, position }) => [profile, position])).toEqual(
    decidedBy.kind === "rule" ? [[decidedBy.profile, decidedBy.position]] : [],
  );
  if (decidedBy.kind === "rule") expect(trace.at(-1)?.outcome).toBe("decided");
  for (const step of trace) {
    const isPassedOver = step.outcome === "no-match" || step.outcome === "other-family";
    expect([step.outcome, step.failed.length > 0]).toEqual([step.outcome, isPassedOver]);
  }
}
