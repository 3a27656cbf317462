import { answer } from "#analysis/question/answer.ts";
import type { CheckAnswer, CheckSide } from "#analysis/question/check.ts";
import { describeQuestionProblem } from "#analysis/question/describe-question-problem.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { AskedAnswer, AskedPacket } from "./judge-messages.ts";

/** Asks the one judge about one packet, and says in a line which rules decide. */
export function answerPacket(snapshot: Snapshot, { from, to, protocol, port }: AskedPacket): AskedAnswer {
  const asked = answer(snapshot, {
    kind: "check",
    from,
    to,
    protocol,
    ...(port === undefined ? {} : { dst_port: port }),
  });
  if (!asked.ok) return { kind: "no-answer", because: describeQuestionProblem(asked.error) };
  if (asked.value.kind !== "check") return { kind: "no-answer", because: "the judge answered something else" };
  return { kind: "verdict", verdict: asked.value.verdict, because: reasonOf(asked.value) };
}

/** Both deciding rules of a yes; of a no the side that stops it, and what its nearest rule lacks. */
function reasonOf({ verdict, sender, receiver }: CheckAnswer): string {
  if (verdict === "allow") return `${sideText(sender)}, ${sideText(receiver)}`;
  const stopped = sender.verdict === "deny" ? sender : receiver;
  const { nearest } = stopped;
  if (nearest === undefined) return sideText(stopped);
  const lacks = nearest.because.join(" and ");
  return `${sideText(stopped)}; nearest is ${nearest.profile} ${stopped.direction} ${nearest.position}: ${lacks}`;
}

function sideText({ direction, profile, position, reason }: CheckSide): string {
  if (position !== undefined) return `${profile ?? ""} ${direction} ${position}`.trim();
  const words = reason === undefined ? "decides" : reason.replaceAll("-", " ");
  return profile === undefined ? `${direction}: ${words}` : `${profile} ${direction}: ${words}`;
}
