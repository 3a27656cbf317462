import fc from "fast-check";
import { describe, it } from "vitest";
import { connectionSetKey } from "#analysis/connections/connection-set.ts";
import { type ReachChange, reachChanges } from "#analysis/reach/reach-changes.ts";
import { formatNode } from "#analysis/reach/reach-node.ts";
import { nodeName, type Reachability, reachability } from "#analysis/reach/reachability.ts";
import { fail } from "#analysis/testing/probing-set.ts";
import { applyChanges, type EntryChange, snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import { arbitraryProfileJson, arbitraryRuleJson, arbitraryState } from "#testing/arbitrary-state.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

const EDITS = 200;
const IDS = ["P", "Q", "R", "S"];

const arbitraryTags = fc.array(fc.constantFrom("A", "B", "C", "P"), { maxLength: 3 });
const arbitraryRules = fc.record({
  inbound_rules: fc.array(arbitraryRuleJson(), { maxLength: 4 }),
  outbound_rules: fc.array(arbitraryRuleJson(), { maxLength: 3 }),
});

/** One write as etcd would tell of it: a profile's tags or rules, a profile gone, an endpoint or a host there or gone. */
const arbitraryChange: fc.Arbitrary<readonly Omit<EntryChange, "modRevision">[]> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom(...IDS), arbitraryRules)
      .map(([id, rules]) => [put(`policy/profile/${id}/rules`, rules)]),
  },
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom(...IDS), arbitraryTags)
      .map(([id, tags]) => [put(`policy/profile/${id}/tags`, tags)]),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...IDS), arbitraryProfileJson())
      .map(([id, { tags, rules }]) => [
        put(`policy/profile/${id}/tags`, tags),
        put(`policy/profile/${id}/rules`, rules),
      ]),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...IDS)
      .map((id) => [put(`policy/profile/${id}/tags`), put(`policy/profile/${id}/rules`)]),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom({ bird_ip: "10.0.0.77" }, undefined)
      .map((ip) => [{ key: "/calico/v1/host/h1/bird_ip", ...(ip && { value: ip.bird_ip }) }]),
  },
);

function put(path: string, value?: unknown): Omit<EntryChange, "modRevision"> {
  const key = `/calico/v1/${path}`;
  return value === undefined ? { key } : { key, value: JSON.stringify(value) };
}

describe("an answer that goes on from an earlier one", PROPERTY_TIMEOUT, () => {
  it(`R10 is the answer from scratch after every one of ${EDITS} random edits, and so is the difference`, () => {
    const edits = fc.array(arbitraryChange, { minLength: EDITS, maxLength: EDITS });
    fc.assert(
      fc.property(arbitraryState(), edits, (state, changes) => {
        let snapshot = snapshotFromEntries(parseStateValue(state).entries);
        let carried = reachability(snapshot);
        for (const [index, change] of changes.entries()) {
          const before = carried;
          snapshot = applyChanges(
            snapshot,
            change.map((each) => ({ ...each, modRevision: index + 2 })),
          );
          carried = reachability(snapshot, before);
          const fresh = reachability(snapshot);
          const [a, b] = [textOf(carried), textOf(fresh)];
          if (a !== b) fail("relations", { change, a, b });
          // A copy has no memory of how it was made, so the difference is looked up pair by pair.
          const [quick, slow] = [reachChanges(before, carried), reachChanges({ ...before }, { ...fresh })].map(
            changesText,
          );
          if (quick !== slow) fail("difference", { change, quick, slow });
        }
      }),
      runCount(3),
    );
  });
});

function textOf({ nodes, relation }: Reachability): string {
  const pairs = nodes.flatMap((_, from) =>
    nodes.map((_, to) => {
      const found = relation(from, to);
      return found && [found.allowed, found.senderOnly, found.receiverOnly].map(connectionSetKey).join("|");
    }),
  );
  return JSON.stringify([nodes.map((node) => [nodeName(node), node]), pairs]);
}

function changesText(changes: readonly ReachChange[]): string {
  return changes
    .map(({ from, to, opened, closed }) =>
      [formatNode(from), formatNode(to), connectionSetKey(opened), connectionSetKey(closed)].join(),
    )
    .join("\n");
}
