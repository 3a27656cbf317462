import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyScopedEdits } from "#analysis/impact/scoped-edit.ts";
import { answerCheck, answerCheckWithEdits, type CheckAnswer } from "#analysis/question/check.ts";
import { parsePlace } from "#analysis/question/parse-place.ts";
import { fail } from "#analysis/testing/probing-set.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import { arbitraryState } from "#testing/arbitrary-state.ts";
import { snapshotOf } from "#testing/ask-state.ts";
import { runCount } from "#testing/run-count.ts";

const RULES = {
  WEB: [{ action: "allow", protocol: "tcp", dst_ports: [80, 443] }],
  APP: [{ action: "allow", protocol: "tcp", dst_ports: [7890], src_tag: "APP_7890" }],
};
const profile = (
  tags: readonly string[],
  inbound: readonly unknown[],
  outbound: readonly unknown[] = [{ action: "allow" }],
) => ({
  tags,
  rules: { inbound_rules: inbound, outbound_rules: outbound },
});

function ask(state: unknown, from: string, to: string): CheckAnswer {
  const snapshot = snapshotOf(state);
  const [src, dst] = [parsePlace(from, snapshot), parsePlace(to, snapshot)];
  if (!src.ok || !dst.ok) throw new Error("no place");
  return answerCheckWithEdits(snapshot, { from: src.value, to: dst.value, protocol: 6, dstPort: 7890 });
}

const summaries = ({ suggestions = [] }: CheckAnswer) => suggestions.map(({ summary }) => summary);

describe("the smallest edits that turn an answer round", () => {
  it("R13 for WEB without its tag the first is to hold it, and exactly WEB to APP tcp 7890 opens", () => {
    const answer = ask(
      { profiles: { WEB: profile(["WEB"], RULES.WEB), APP: profile(["APP"], RULES.APP) } },
      "WEB",
      "APP",
    );
    expect(answer.suggestions?.[0]).toEqual({
      edits: [{ profile: "WEB", edit: { kind: "add-tag", tag: "APP_7890" } }],
      summary: "Add tag APP_7890 (WEB)",
      opened: [{ from: "WEB", to: "APP", connections: "tcp 7890" }],
      closed: [],
    });
    expect(summaries(answer)).toContain("Add inbound: allow tcp from tag WEB to ports 7890 (APP)");
  });

  it("R13 with the tag the smallest that closes it is to give it up", () => {
    const answer = ask(
      { profiles: { WEB: profile(["APP_7890"], RULES.WEB), APP: profile(["APP"], RULES.APP) } },
      "WEB",
      "APP",
    );
    expect(summaries(answer)[0]).toBe("Remove tag APP_7890 (WEB)");
    expect(answer.suggestions?.[0]?.closed).toEqual([{ from: "WEB", to: "APP", connections: "tcp 7890" }]);
  });

  it("R13 where both ends deny there is an edit for each", () => {
    const state = { profiles: { WEB: profile(["WEB"], [], []), APP: profile(["APP"], RULES.APP) } };
    expect(summaries(ask(state, "WEB", "APP"))[0]).toBe(
      "Add outbound: allow tcp to ports 7890 tag APP (WEB); Add tag APP_7890 (WEB)",
    );
  });

  it("R13 an address is let in by its own network, and a deny in front is passed or removed", () => {
    const state = { profiles: { APP: profile(["APP"], [{ action: "deny", protocol: "tcp" }, { action: "allow" }]) } };
    expect(summaries(ask(state, "192.0.2.7", "APP"))).toEqual([
      "Add inbound 1: allow tcp from cidr 192.0.2.7/32 to ports 7890 (APP)",
      "Remove inbound 1 (APP)",
    ]);
  });

  it("R13 nothing is offered where no edit of a profile can help", () => {
    const endpoint = { host: "h1", state: "inactive", profile_ids: ["APP"], ipv4_nets: ["10.0.0.1"], ipv6_nets: [] };
    const state = { profiles: { APP: profile(["APP"], RULES.APP) }, endpoints: { app: endpoint } };
    expect(ask(state, "world", "app").suggestions).toEqual([]);
  });

  it("R13 in random states each one does what it says, and says all that it does", () => {
    fc.assert(
      fc.property(
        arbitraryState(),
        fc.constantFrom("P", "a", "world", "10.0.0.2"),
        fc.constantFrom("P", "b"),
        (state, from, to) => {
          const snapshot = snapshotFromEntries(parseStateValue(state).entries);
          const [src, dst] = [parsePlace(from, snapshot), parsePlace(to, snapshot)];
          if (!src.ok || !dst.ok) return;
          const question = { from: src.value, to: dst.value, protocol: 6, dstPort: 80, srcPort: 1024 };
          const { verdict, suggestions = [] } = answerCheckWithEdits(snapshot, question);
          for (const { edits, summary } of suggestions) {
            const after = applyScopedEdits(snapshot, edits);
            if (!after.ok) fail("refused", { summary, error: after.error });
            if (answerCheck(after.value, question).verdict === verdict) fail("no effect", { state, from, to, summary });
          }
        },
      ),
      runCount(100),
    );
  });
});
