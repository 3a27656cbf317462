import { useEffect, useState } from "react";
import { askJudge } from "#components/judge/ask-judge.ts";
import type { AskedAnswer, AskedPacket } from "#components/judge/judge-messages.ts";
import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { placeOfNode } from "#components/reach/place-key.ts";
import { KeyCap } from "#components/ui/key-cap.tsx";

type AskedRowProps = {
  readonly id: string;
  readonly asked: AskedPacket;
  readonly isAt: boolean;
  readonly onChoose: () => void;
};

/** The answer of the one judge, in place; choosing it goes to the argument. */
export function AskedRow({ id, asked, isAt, onChoose }: AskedRowProps) {
  const answer = useAnswer(asked);
  const isYes = answer?.kind === "verdict" && answer.verdict === "allow";
  const look =
    answer?.kind !== "verdict"
      ? "border-line bg-raised"
      : isYes
        ? "border-allow-line bg-allow-tint"
        : "border-dashed border-deny bg-deny-tint";
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the field's, as in every combobox.
    <div
      tabIndex={-1}
      id={id}
      role="option"
      aria-selected={isAt}
      onClick={onChoose}
      data-asked
      className={`flex cursor-pointer items-center gap-2.5 rounded-control border px-2 py-2 aria-selected:shadow-2 ${look}`}
    >
      {answer?.kind === "verdict" ? <VerdictMark mark={isYes ? "allow" : "deny"} /> : null}
      <span className="min-w-0 grow" aria-live="polite">
        <span className="block font-[600] break-words">{titleOf(asked, answer)}</span>
        {answer === undefined ? null : (
          <span className="block text-small break-words text-ink-2">{answer.because}</span>
        )}
      </span>
      <KeyCap>↵</KeyCap>
    </div>
  );
}

function titleOf({ from, to, protocol, port }: AskedPacket, answer: AskedAnswer | undefined): string {
  const what = port === undefined ? protocol : `${protocol}/${port}`;
  if (answer === undefined) return `${placeOfNode(from)} to ${placeOfNode(to)} on ${what}?`;
  if (answer.kind === "no-answer") return "That cannot be answered";
  if (answer.verdict === "allow") return `Yes. ${placeOfNode(from)} can reach ${placeOfNode(to)} on ${what}.`;
  return `No. ${placeOfNode(from)} cannot reach ${placeOfNode(to)} on ${what}.`;
}

/** Asked once the words have rested for a moment. */
const RESTED_MS = 120;

function useAnswer(asked: AskedPacket): AskedAnswer | undefined {
  const [answer, setAnswer] = useState<AskedAnswer>();
  useEffect(() => {
    let isWanted = true;
    const timer = setTimeout(async () => {
      const told = await askJudge({ kind: "packet", asked });
      if (isWanted) setAnswer(told?.answer ?? { kind: "no-answer", because: "The policy cannot be read now." });
    }, RESTED_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [asked]);
  return answer;
}
