import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contains } from "#analysis/connections/connection-set.ts";
import { ruleRegion } from "#analysis/connections/rule-region.ts";
import { createIntentJudge } from "#analysis/intents/judge-intents.ts";
import { answerReach, judgeReach } from "#analysis/question/reach/answer-reach.ts";
import { formatReachText, parseReachText } from "#analysis/question/reach/parse-reach-text.ts";
import { arbitraryHeaders } from "#analysis/testing/probing-set.ts";
import { createEvaluator } from "#policy/evaluate.ts";
import { parseProbe } from "#policy/parse-probe.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import { type Traffic, trafficRule } from "#policy/traffic.ts";
import { arbitraryState } from "#testing/arbitrary-state.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

const place = fc.constantFrom("profile:P", "profile:Q", "profile:R", "world", "host:h1");
const traffic = fc.constantFrom<Traffic>(
  {},
  { protocol: "tcp" },
  { protocol: "tcp", dst_ports: [80, "1000:2000"] },
  { protocol: "udp", dst_ports: [53] },
  { protocol: "icmp", icmp_type: 8 },
  { ip_version: 6 },
  { ip_version: 4, protocol: "tcp", dst_ports: [443] },
);

describe("questions and intents on random small states", PROPERTY_TIMEOUT, () => {
  it("R16 what is shown as allowed is what evaluate allows, packet by packet, and every part's traces are evaluate's", () => {
    fc.assert(
      fc.property(
        fc.tuple(arbitraryState(), place, place),
        traffic,
        arbitraryHeaders(24),
        ([state, from, to], asked, headers) => {
          const snapshot = snapshotFromEntries(parseStateValue(state).entries);
          const question = { from, to, traffic: asked };
          const [judged, answer] = [judgeReach(snapshot, question), answerReach(snapshot, question)];
          expect(answer.ok).toBe(judged.ok);
          if (!judged.ok || !answer.ok) return;
          const evaluate = createEvaluator(snapshot);
          const region = ruleRegion(trafficRule(asked));
          const ends = { src: endOf(from), dst: endOf(to) };
          for (const { family, ...header } of headers) {
            if (ends.src === undefined || ends.dst === undefined) break;
            const probe = {
              src: ends.src,
              dst: ends.dst,
              ipVersion: family,
              connectionState: "new",
              ...header,
            } as const;
            const packet = { family, ...header, src: 0n, dst: 0n };
            if (!contains(region, packet)) continue;
            const isAllowed = contains(judged.value.allowed, packet);
            if (isAllowed || contains(judged.value.denied, packet))
              expect(isAllowed).toBe(evaluate(probe).verdict === "allow");
          }
          for (const { verdict, sender, receiver, witness } of answer.value.cases) {
            const probe = parseProbe(witness);
            if (!probe.ok) throw new Error("a witness that is no probe");
            const evaluation = evaluate(probe.value);
            expect([verdict, sender.decidedBy.kind, receiver.decidedBy.kind]).toEqual([
              evaluation.verdict,
              evaluation.sender.decidedBy.kind,
              evaluation.receiver.decidedBy.kind,
            ]);
          }
          const kinds = new Set(answer.value.cases.map(({ verdict }) => verdict));
          expect(kinds.size === 2 ? "part" : [...kinds][0]).toBe(answer.value.verdict);
        },
      ),
      runCount(400),
    );
  });

  it("N2 an intent is broken exactly where the answer is not as it must be, and its packet is one evaluate answers so", () => {
    fc.assert(
      fc.property(arbitraryState(), fc.tuple(place, place), traffic, (state, [from, to], asked) => {
        const snapshot = snapshotFromEntries(parseStateValue(state).entries);
        const judged = judgeReach(snapshot, { from, to, traffic: asked });
        for (const must of ["reach", "not-reach"] as const) {
          const told = createIntentJudge(snapshot)({ must, from, to, traffic: asked });
          const wanted = must === "reach" ? "allow" : "deny";
          if (!judged.ok) expect(told.kind).toBe(must === "reach" ? "broken" : "unjudged");
          else expect(told.kind).toBe(judged.value.verdict === wanted ? "holds" : "broken");
          if (told.kind !== "broken" || told.witness === undefined) continue;
          const probe = parseProbe(told.witness);
          expect(probe.ok && createEvaluator(snapshot)(probe.value).verdict).toBe(must === "reach" ? "deny" : "allow");
        }
      }),
      runCount(400),
    );
  });

  it("R15 no text is read that is not read back, and none throws", () => {
    const snapshot = snapshotFromEntries(parseStateValue({ profiles: { WEB: {}, APP: {} } }).entries);
    const word = fc.constantFrom(
      "can",
      "web",
      "APP",
      "reach",
      "to",
      "on",
      "tcp",
      "80,443",
      "udp/53",
      "type",
      "8",
      "ipv6",
      "?",
      "10.0.0.0/8",
      "ping",
      "ü",
      "",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(word, { maxLength: 9 }).map((words) => words.join(" ")),
          fc.string(),
        ),
        (text) => {
          const read = parseReachText(text, snapshot);
          if (read.ok) expect(parseReachText(formatReachText(read.value), snapshot)).toEqual(read);
          else expect(read.error.offset + read.error.length).toBeLessThanOrEqual(text.length);
        },
      ),
      runCount(1_000),
    );
  });
});

function endOf(text: string) {
  const [kind, name = ""] = text.split(":");
  if (kind === "profile") return { kind, id: name } as const;
  return kind === "host" ? ({ kind, name } as const) : undefined;
}
