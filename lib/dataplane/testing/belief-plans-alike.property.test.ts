import fc from "fast-check";
import { expect, it } from "vitest";
import { nodeRenderer } from "#dataplane/desired/node-policy.ts";
import { nodeSettings } from "#dataplane/desired/node-settings.ts";
import { formatPlan } from "#dataplane/plan/format-plan.ts";
import { planApply } from "#dataplane/plan/plan-apply.ts";
import type { Plan } from "#dataplane/plan/plan-step.ts";
import { fakeKernel } from "#dataplane/testing/fake-kernel.ts";
import { tinyState } from "#dataplane/testing/tiny-world.ts";
import { applyChanges, snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

/** A few keys of a state: most changes touch little, and that little is what the planner looks at. */
const someEntries = fc
  .tuple(tinyState, fc.nat({ max: 20 }), fc.integer({ min: 1, max: 3 }))
  .map(([state, from, count]) => {
    const { entries } = parseStateValue(state);
    const start = entries.length === 0 ? 0 : from % entries.length;
    return entries.slice(start, start + count);
  });

/** Ports that change and nothing else: after two of them the planner looks at nothing but the chain. */
const ports = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 4, maxLength: 4 }).map((choices) =>
  choices.map((port) => {
    const inbound_rules = [{ action: "allow", src_tag: "A", protocol: "tcp", dst_ports: [port] }];
    const value = JSON.stringify({ inbound_rules, outbound_rules: [{ action: "allow" }] });
    return [{ key: "/calico/v1/policy/profile/P/rules", value }];
  }),
);
const history = fc
  .array(
    fc.oneof(
      someEntries.map((entries) => [entries]),
      ports,
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.flat());

/** Removals come in the order the kernel happens to list things, and it lists chains in its own. */
const linesOf = (plan: Plan) => formatPlan(plan).split("\n").sort();

it(
  "D10 a plan that trusts what is believed and remembered is the plan of somebody who looks at everything",
  async () => {
    await fc.assert(
      fc.asyncProperty(tinyState, history, async (first, changes) => {
        const kernel = fakeKernel([4, 6]);
        const render = nodeRenderer();
        let snapshot = snapshotFromEntries(parseStateValue(first).entries);
        let belief = await kernel.read();
        for (const [index, entries] of [[], ...changes].entries()) {
          snapshot = applyChanges(
            snapshot,
            entries.map((entry) => ({ ...entry, modRevision: index + 2 })),
          );
          const { options } = nodeSettings(snapshot, { host: "h1", families: [4, 6] });
          const policy = render(snapshot, options);
          const { plan, after } = planApply(belief, policy);
          expect(linesOf(plan)).toEqual(linesOf(planApply(await kernel.read(), policy).plan));
          await kernel.run(plan);
          belief = after;
        }
        expect(belief).toEqual(await kernel.read());
      }),
      runCount(150),
    );
  },
  PROPERTY_TIMEOUT.timeout,
);
