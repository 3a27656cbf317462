import { Command } from "cmdk";
import { useEffect, useState } from "react";
import { formatReachText } from "#analysis/question/reach/parse-reach-text.ts";
import type { ReachQuestion } from "#analysis/question/reach/reach-question.ts";
import { askJudge } from "#components/judge/ask-judge.ts";
import type { AskedAnswer } from "#components/judge/judge-messages.ts";
import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { KeyCap } from "#components/ui/key-cap.tsx";

type AskedItemProps = { readonly question: ReachQuestion; readonly onChoose: () => void };

const LOOKS = {
  allow: "border-allow-line bg-allow-tint",
  deny: "border-dashed border-deny bg-deny-tint",
  part: "border-control-line bg-raised",
} as const;

/** The answer of the one judge, in place; choosing it goes to the Check page, where the argument stands. */
export function AskedItem({ question, onChoose }: AskedItemProps) {
  const answer = useAnswer(question);
  const verdict = answer?.kind === "verdict" ? answer.verdict : undefined;
  const text = formatReachText(question);
  return (
    <Command.Item
      value={`ask ${text}`}
      onSelect={onChoose}
      data-asked
      className={`flex cursor-pointer items-center gap-2.5 rounded-control border px-2 py-2 aria-selected:shadow-2 ${verdict === undefined ? "border-line bg-raised" : LOOKS[verdict]}`}
    >
      {verdict === "allow" || verdict === "deny" ? <VerdictMark mark={verdict} /> : null}
      <span className="min-w-0 grow" aria-live="polite">
        <span className="block font-[600] break-words">{titleOf(answer, text)}</span>
        {answer === undefined ? null : (
          <span className="block text-small break-words text-ink-2">
            {answer.kind === "verdict" ? answer.detail : answer.because}
          </span>
        )}
      </span>
      <KeyCap>↵</KeyCap>
    </Command.Item>
  );
}

function titleOf(answer: AskedAnswer | undefined, text: string): string {
  if (answer === undefined) return `${text}?`;
  return answer.kind === "verdict" ? answer.sentence : "That cannot be answered";
}

/** Asked once the words have rested for a moment. */
const RESTED_MS = 120;

function useAnswer(question: ReachQuestion): AskedAnswer | undefined {
  const [answer, setAnswer] = useState<AskedAnswer>();
  useEffect(() => {
    let isWanted = true;
    const timer = setTimeout(async () => {
      const told = await askJudge({ kind: "reach", question });
      if (isWanted) setAnswer(told?.answer ?? { kind: "no-answer", because: "The policy cannot be read now." });
    }, RESTED_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [question]);
  return answer;
}
