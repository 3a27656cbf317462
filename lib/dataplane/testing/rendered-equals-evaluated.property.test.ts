import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSimulator } from "#dataplane/testing/simulate-probe.ts";
import { smallProbe, smallState } from "#dataplane/testing/small-world.ts";
import { createEvaluator } from "#policy/evaluate.ts";
import { parseProbe } from "#policy/parse-probe.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import reachCases from "#testing/conformance/reach.json" with { type: "json" };
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

const STATES = runCount(600).numRuns;
const PROBES_A_STATE = 170;

function snapshotOf(state: unknown) {
  const { entries, issues } = parseStateValue(state);
  expect(issues).toEqual([]);
  return snapshotFromEntries(entries);
}

function probeOf(value: unknown) {
  const probe = parseProbe(value);
  if (!probe.ok) throw new Error(JSON.stringify(probe.error));
  return probe.value;
}

describe("D1 what is rendered decides as evaluate decides", () => {
  it(
    `for ${STATES * PROBES_A_STATE} random packets in ${STATES} random policy states`,
    () => {
      const seed = Date.now() | 0;
      console.log(`D1: seed ${seed}`);
      fc.assert(
        fc.property(
          fc.noBias(smallState),
          fc.array(smallProbe, { minLength: PROBES_A_STATE, maxLength: PROBES_A_STATE }),
          (state, probes) => {
            const snapshot = snapshotOf(state);
            const evaluate = createEvaluator(snapshot);
            const simulate = createSimulator(snapshot);
            for (const raw of probes) {
              const probe = probeOf(raw);
              expect({ ...raw, verdict: simulate(probe) }).toEqual({ ...raw, verdict: evaluate(probe).verdict });
            }
          },
        ),
        { numRuns: STATES, seed },
      );
    },
    PROPERTY_TIMEOUT.timeout,
  );

  it("both answers happen often, so the comparison means something", { timeout: 60_000 }, () => {
    const verdicts = fc
      .sample(fc.tuple(smallState, smallProbe), { numRuns: 400, seed: 7 })
      .map(([state, probe]) => createEvaluator(snapshotOf(state))(probeOf(probe)).verdict);
    const allowed = verdicts.filter((verdict) => verdict === "allow").length;
    expect(allowed).toBeGreaterThan(60);
    expect(allowed).toBeLessThan(340);
  });
});

const onWires = reachCases.filter(({ probe }) => !("profile" in probe.src) && !("profile" in probe.dst));

describe(`D2 the ${onWires.length} reach cases between real places, through the rendered chains`, () => {
  it.each(onWires.map((one) => [one.id, one.title, one] as const))("%s %s", (_id, _title, one) => {
    expect(createSimulator(snapshotOf(one.given))(probeOf(one.probe))).toBe(one.expect);
  });
});
