import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { answerReach } from "#analysis/question/reach/answer-reach.ts";
import { reachDetail, reachSentence, ruleOutcome } from "#analysis/question/reach/describe-reach.ts";
import { describeReachProblem, describeReachText } from "#analysis/question/reach/describe-reach-problem.ts";
import { nearSenders } from "#analysis/question/reach/near-senders.ts";
import { formatReachText, parseReachText } from "#analysis/question/reach/parse-reach-text.ts";
import { reachEdits } from "#analysis/question/reach/reach-edits.ts";
import { EMPTY_SNAPSHOT, snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateFile } from "#policy/state-file/parse-state-file.ts";

const path = new URL("../../../testing/estate-12.json", import.meta.url);
const estate = snapshotFromEntries(parseStateFile(readFileSync(path, "utf8")).entries);

function asked(text: string) {
  const question = parseReachText(text, estate);
  if (!question.ok) throw new Error(describeReachText(question.error));
  const answer = answerReach(estate, question.value);
  if (!answer.ok) throw new Error(describeReachProblem(answer.error));
  return answer.value;
}

describe("a question in words", () => {
  it.each([
    ["can web reach app 7890", "can profile:WEB reach profile:APP on tcp/7890"],
    ["Can WEB reach APP on tcp/7890?", "can profile:WEB reach profile:APP on tcp/7890"],
    ["web -> app tcp 80,443", "can profile:WEB reach profile:APP on tcp/80,443"],
    ["can anywhere talk to db on udp ports 5000-6000", "can world reach profile:DB on udp/5000-6000"],
    ["can web ping app", "can profile:WEB reach profile:APP on icmp type 8"],
    ["profile WEB to 10.65.0.1 icmp 3 code 1 ipv4", "can profile:WEB reach 10.65.0.1 on ipv4 icmp type 3 code 1"],
    ["10.0.0.0/8 to web", "can 10.0.0.0/8 reach profile:WEB"],
    ["WEB to APP protocol 47", "can profile:WEB reach profile:APP on protocol 47"],
  ])("R15 %s is %s", (text, canonical) => {
    const question = parseReachText(text, estate);
    expect(question.ok ? formatReachText(question.value) : question.error).toBe(canonical);
    const again = question.ok ? parseReachText(formatReachText(question.value), estate) : question;
    expect(again).toEqual(question);
  });

  it.each([
    ["can wbe reach app", 4, 3, "“wbe” is no"],
    ["can web", 7, 0, "The question ends too early. Write reach, then the place it is sent to."],
    ["can web eat app", 8, 3, "“eat” does not fit here."],
    ["can web reach app 70000", 18, 5, "70000 is outside 0 to 65535"],
    ["can web reach app tcp/http", 18, 8, "Write a protocol (tcp, udp, icmp), a port like 7890"],
    ["can web reach", 13, 0, "Write a profile, an endpoint, an address or anywhere."],
    ["", 0, 0, "The question ends too early."],
  ])("R15 %s is refused at the character, with what to write", (...[text, offset, length, words]) => {
    const question = parseReachText(text, estate);
    if (question.ok) throw new Error("accepted");
    expect(question.error).toMatchObject({ offset, length });
    expect(describeReachText(question.error).toLowerCase()).toContain(words.toLowerCase());
  });
});

describe("the answer", () => {
  it("R16 says yes, and what it hangs on", () => {
    const answer = asked("can web reach app 7890");
    expect(reachSentence(answer)).toBe("Yes. WEB can reach APP on tcp/7890.");
    expect(answer.cases.map((each) => reachDetail(answer.question, each))).toEqual([
      "WEB lets it out, APP lets it in. It hangs on WEB outbound 1, APP inbound 1 and the tag APP_7890.",
    ]);
    expect(answer.cases[0]?.receiver.profiles[0]?.rows.map(ruleOutcome)).toEqual([["decides"], ["not reached"]]);
  });

  it("R16 says no, with both sides' reasons and the key that is missing", () => {
    const answer = asked("can lb reach app 7890");
    expect(reachSentence(answer)).toBe("No. LB cannot reach APP on tcp/7890.");
    const [only] = answer.cases;
    expect(only && reachDetail(answer.question, only)).toBe(
      "LB never sends it: no outbound rule matches. APP would drop it too: LB does not hold APP_7890.",
    );
    expect(only?.sender.profiles[0]?.rows.map((row) => ruleOutcome(row)[0])).toEqual(["port differs", "udp only"]);
    expect(only?.sender.profiles[0]?.isPassed).toBe(true);
    expect(only?.keys).toContainEqual({ tag: "APP_7890", end: "from", isHeld: false });
  });

  it("R16 tells the part that gets through from the part that does not", () => {
    const answer = asked("can web reach app tcp 7890,7891");
    expect(reachSentence(answer)).toBe("In part. WEB can reach APP on tcp 7890, not on all of tcp/7890-7891.");
    expect(answer.cases.map(({ verdict, connections }) => [verdict, connections])).toEqual([
      ["allow", "tcp 7890"],
      ["deny", "tcp 7891"],
    ]);
  });

  it("R17 offers edits after which all that was asked has the other answer", () => {
    const { question } = asked("can lb reach app tcp 7890,7891");
    const [smallest] = reachEdits(estate, question, "allow");
    expect(smallest?.summary).toBe(
      "Add outbound: allow tcp to ports 7890,7891 tag APP (LB); Add inbound: allow tcp from tag LB to ports 7890,7891 (APP)",
    );
    expect(smallest?.opened).toEqual([{ from: "LB", to: "APP", connections: "tcp 7890-7891" }]);
  });

  it("R17 names the senders that one tag keeps out", () => {
    const { excluded, near } = nearSenders(estate, asked("can web reach app 7890").question);
    expect(excluded).toBe(9);
    expect(near.map(({ profile, tag }) => `${profile} ${tag}`)).toEqual([
      "APP APP_7890",
      "BATCH APP_7890",
      "CI APP_7890",
    ]);
  });

  it("says what is not there", () => {
    const answer = answerReach(EMPTY_SNAPSHOT, { from: "profile:WEB", to: "world", traffic: {} });
    expect(answer.ok ? "" : describeReachProblem(answer.error)).toBe("There is no profile WEB.");
  });
});
