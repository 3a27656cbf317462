import fc from "fast-check";
import { expect, it } from "vitest";
import { nodePolicy, nodeRenderer } from "#dataplane/desired/node-policy.ts";
import { nodeSettings } from "#dataplane/desired/node-settings.ts";
import { smallState } from "#dataplane/testing/small-world.ts";
import { wholeTagSets } from "#dataplane/testing/whole-tag-sets.ts";
import type { StoredEntry } from "#policy/snapshot.ts";
import { applyChanges, snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import { endpointOnDemand, keptEndpoint } from "#policy/stored-endpoint.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

type Change = { readonly key: string; readonly value?: string; readonly modRevision: number };

/** The changes that lead from one list of entries to another, as a watch would tell them. */
function changesBetween(before: readonly StoredEntry[], after: readonly StoredEntry[], modRevision: number): Change[] {
  const valueByKey = new Map(before.map(({ key, value }) => [key, value]));
  const keys = new Set(after.map(({ key }) => key));
  return [
    ...after
      .filter(({ key, value }) => valueByKey.get(key) !== value)
      .map(({ key, value }) => ({ key, value, modRevision })),
    ...before.filter(({ key }) => !keys.has(key)).map(({ key }) => ({ key, modRevision })),
  ];
}

const histories = fc.array(smallState, { minLength: 2, maxLength: 4 });
const readers = fc.constantFrom(keptEndpoint, endpointOnDemand);

it(
  "D6 a renderer that remembers gives what a fresh one gives, after any changes in any batches",
  () => {
    fc.assert(
      fc.property(histories, fc.nat({ max: 3 }), readers, (states, batchSize, readEndpoint) => {
        const render = nodeRenderer();
        let entries: readonly StoredEntry[] = [];
        let snapshot = snapshotFromEntries([]);
        let kept = snapshot;
        for (const [round, state] of states.entries()) {
          const next = parseStateValue(state).entries;
          const changes = changesBetween(entries, next, round + 2);
          const size = batchSize === 0 ? Math.max(1, changes.length) : batchSize;
          for (let at = 0; at < changes.length; at += size) {
            snapshot = applyChanges(snapshot, changes.slice(at, at + size), readEndpoint);
            kept = applyChanges(kept, changes.slice(at, at + size));
            const { options } = nodeSettings(snapshot, { host: "h1", families: [4, 6] });
            const remembered = render(snapshot, options);
            expect(remembered).toEqual(nodePolicy(kept, options));
            for (const { family, sets } of remembered.families) {
              expect(sets).toEqual(wholeTagSets(kept, new Set(sets.keys()), family));
            }
          }
          entries = next;
        }
      }),
      runCount(40),
    );
  },
  PROPERTY_TIMEOUT.timeout,
);
