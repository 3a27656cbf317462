"use client";

import { Info, KeyRound } from "lucide-react";
import { type ReactNode, useState } from "react";
import { placeName } from "#analysis/question/format-place.ts";
import type { ReachAnswer, ReachCase, ReachVerdict } from "#analysis/question/reach/answer-reach.ts";
import { reachDetail, reachSentence } from "#analysis/question/reach/describe-reach.ts";
import type { KeyUse } from "#analysis/question/reach/side-trace.ts";
import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { TraceSide } from "./trace-side.tsx";

type VerdictCardProps = { readonly answer: ReachAnswer; readonly actions: ReactNode };

const LOOKS: Readonly<Record<ReachVerdict, string>> = {
  allow: "border-allow-line bg-allow-tint",
  deny: "border-dashed border-deny-line bg-deny-tint",
  part: "border-amber-line bg-amber-tint",
};

/** The verdict first, then both sides' argument: outbound at the left, inbound at the right, the key between them. */
export function VerdictCard({ answer, actions }: VerdictCardProps) {
  const [chosen, setChosen] = useState(0);
  const { cases, verdict, question, dependsOn } = answer;
  const shown = cases[Math.min(chosen, cases.length - 1)];
  if (shown === undefined) return null;
  return (
    <section
      aria-label="Answer"
      className="overflow-hidden rounded-card border border-line bg-raised shadow-1"
      data-verdict={verdict}
    >
      <header
        className={`flex flex-wrap items-center gap-x-4 gap-y-3 border-b px-5 py-4 max-sm:px-4 ${LOOKS[verdict]}`}
      >
        <VerdictMark mark={verdict === "part" ? "no-match" : verdict} size={36} />
        <div className="min-w-0 grow basis-80">
          <h2 id="verdict" tabIndex={-1} className="text-verdict break-words outline-none">
            {reachSentence(answer)}
          </h2>
          <p className="mt-0.5 break-words text-ink-2">{reachDetail(question, shown)}</p>
        </div>
        <div className="flex flex-wrap items-center gap-2">{actions}</div>
      </header>
      {cases.length > 1 ? <CaseChoice cases={cases} chosen={shown} onChoose={setChosen} /> : null}
      <div className="grid grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] gap-x-6 px-5 py-4 max-lg:grid-cols-1 max-lg:gap-y-4 max-sm:px-4">
        <TraceSide place={question.from} side={shown.sender} />
        <KeyColumn shown={shown} from={placeName(question.from)} to={placeName(question.to)} />
        <TraceSide
          place={question.to}
          side={shown.receiver}
          isHypothetical={shown.sender.verdict === "deny" && shown.receiver.profiles.length > 0}
        />
      </div>
      {dependsOn.length === 0 ? null : (
        <p className="flex items-start gap-2 border-t border-line px-5 py-2.5 text-small text-ink-2 max-sm:px-4">
          <Icon of={Info} size={14} className="mt-0.5 text-ink-3" />
          <span>
            A profile has no address of its own.{" "}
            {dependsOn
              .map(
                ({ end, cidr, allowed }) =>
                  `With ${end === "from" ? "the sender" : "the receiver"} in ${cidr} it is ${allowed === "" ? "nothing" : allowed}.`,
              )
              .join(" ")}
          </span>
        </p>
      )}
    </section>
  );
}

type CaseChoiceProps = {
  readonly cases: readonly ReachCase[];
  readonly chosen: ReachCase;
  readonly onChoose: (index: number) => void;
};

/** Where different rules decide parts of the question, each part has its own argument. */
function CaseChoice({ cases, chosen, onChoose }: CaseChoiceProps) {
  return (
    <fieldset className="flex flex-wrap gap-1.5 border-b border-line px-5 py-2.5 max-sm:px-4">
      <legend className="sr-only">Parts of the answer</legend>
      {cases.map((each, index) => (
        <button
          key={each.connections}
          type="button"
          aria-pressed={each === chosen}
          onClick={() => onChoose(index)}
          className="inline-flex min-h-7 max-w-full items-center gap-1.5 rounded-chip border border-line px-2 hover:bg-hover aria-pressed:border-focus aria-pressed:bg-sel coarse:min-h-10"
        >
          <VerdictMark mark={each.verdict} size={12} />
          <span className="sr-only">{each.verdict === "allow" ? "gets through: " : "does not get through: "}</span>
          <span className="mono truncate">{each.connections}</span>
        </button>
      ))}
    </fieldset>
  );
}

type KeyColumnProps = { readonly shown: ReachCase; readonly from: string; readonly to: string };

function KeyColumn({ shown: { keys }, from, to }: KeyColumnProps) {
  return (
    <div className="flex min-w-[120px] flex-col items-stretch justify-center gap-2 pt-8 max-lg:flex-row max-lg:flex-wrap max-lg:justify-start max-lg:pt-0">
      {keys.map((key) => (
        <KeyCard key={`${key.end} ${key.tag}`} use={key} holder={key.end === "from" ? from : to} />
      ))}
    </div>
  );
}

function KeyCard({ use: { tag, isHeld }, holder }: { readonly use: KeyUse; readonly holder: string }) {
  const look = isHeld ? "border-transparent bg-tag-fill" : "border-dashed border-control-line";
  return (
    <div
      className={`flex max-w-[180px] flex-col items-center gap-0.5 rounded-list border px-3 py-2 text-center ${look}`}
      data-key={tag}
    >
      <Icon of={KeyRound} size={16} className={isHeld ? "text-amber-text" : "text-ink-3"} />
      <span className="mono text-small break-all">{tag}</span>
      <span className="text-caption text-ink-2">
        {holder} {isHeld ? "holds it" : "does not hold it"}
      </span>
    </div>
  );
}
