import fc from "fast-check";
import { describe, it } from "vitest";
import { answer } from "#analysis/question/answer.ts";
import { fail } from "#analysis/testing/probing-set.ts";
import { createEvaluator } from "#policy/evaluate.ts";
import { parseProbe } from "#policy/parse-probe.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import { arbitraryState } from "#testing/arbitrary-state.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

const PLACES = [
  "P",
  "Q",
  "endpoint:a",
  "endpoint:b",
  "host:h1",
  "world",
  "10.0.0.1",
  "10.0.0.0/8",
  "fd00::/16",
  "0.0.0.0/0",
];

describe("the witness of a piece", PROPERTY_TIMEOUT, () => {
  it("R7 is a probe that policy tests accept and that the named rules decide", () => {
    const place = fc.constantFrom(...PLACES);
    fc.assert(
      fc.property(arbitraryState(), place, place, (state, from, to) => {
        const snapshot = snapshotFromEntries(parseStateValue(state).entries);
        const asked = answer(snapshot, { kind: "relation", from, to });
        if (!asked.ok || asked.value.kind !== "relation") return;
        const evaluate = createEvaluator(snapshot);
        for (const piece of asked.value.pieces) {
          const probe = parseProbe(piece.witness);
          if (!probe.ok) fail("no probe", { piece, error: probe.error });
          const { verdict, sender, receiver } = evaluate(probe.value);
          const isSame =
            verdict === piece.verdict && isNamed(piece.sender, sender) && isNamed(piece.receiver, receiver);
          if (!isSame)
            fail("another decision", {
              state,
              from,
              to,
              piece,
              sender: sender.decidedBy,
              receiver: receiver.decidedBy,
            });
        }
      }),
      runCount(200),
    );
  });
});

type Side = ReturnType<ReturnType<typeof createEvaluator>>["sender"];
type Named = { readonly position: number } | { readonly reason: string };

function isNamed(said: Named, { decidedBy }: Side): boolean {
  if ("reason" in said) return said.reason === decidedBy.kind;
  return decidedBy.kind === "rule" && decidedBy.position === said.position;
}
