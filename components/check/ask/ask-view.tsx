"use client";

import { Link as LinkIcon, ShieldPlus } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import type { ReachAnswer, ReachVerdict } from "#analysis/question/reach/answer-reach.ts";
import { reachSentence } from "#analysis/question/reach/describe-reach.ts";
import { describeReachProblem, describeReachText } from "#analysis/question/reach/describe-reach-problem.ts";
import { formatReachText } from "#analysis/question/reach/parse-reach-text.ts";
import type { ReachQuestion } from "#analysis/question/reach/reach-question.ts";
import { useAnnounce } from "#components/ui/announcer.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { PolicyState } from "#web/queries/policy-state.ts";
import { JudgeFailed } from "../judge/judge-failed.tsx";
import { type AskedState, useJudged, useJudging } from "../judge/use-judged.ts";
import type { CheckView } from "../use-check-view.ts";
import { usePastState } from "../use-past-state.ts";
import { useStartDrafts } from "../use-start-drafts.ts";
import { EditOffers } from "./edit-offers.tsx";
import { NearList } from "./near-list.tsx";
import { PastNote } from "./past-note.tsx";
import { QuestionBar } from "./question-bar.tsx";
import { QuestionText } from "./question-text.tsx";
import { StartHere, Unanswered } from "./unanswered.tsx";
import { VerdictCard } from "./verdict-card.tsx";

type AskViewProps = {
  readonly view: CheckView;
  readonly state: PolicyState;
  readonly asked: AskedState & { readonly draftCount: number };
  readonly isTyping: boolean;
  readonly setTyping: (isTyping: boolean) => void;
  readonly onAnswered: (tookMs: number, verdict: ReachVerdict | undefined) => void;
  readonly onSave: (question: ReachQuestion, verdict: ReachVerdict) => void;
};

const NO_DRAFTS: AskedState["drafted"] = [];

/** A question and its answer, live: asked again on every change of the policy and of the open drafts. */
export function AskView({ view, state, asked: live, isTyping, setTyping, onAnswered, onSave }: AskViewProps) {
  const past = usePastState(view.rev, state);
  const asked = past.kind === "read" ? { snapshot: past.snapshot, drafted: NO_DRAFTS, draftCount: 0 } : live;
  const { from, to, traffic, words } = view;
  const isWhole = from !== "" && to !== "";
  const question = useMemo<ReachQuestion>(() => ({ from, to, traffic }), [from, to, traffic]);
  const isThere = past.kind === "live" || past.kind === "read";
  const { judged, hasFailed, retry } = useJudging(isWhole && isThere ? { kind: "reach", question } : undefined, asked);
  const answer = judged?.answer.ok ? judged.answer.value : undefined;
  useEffect(() => {
    if (judged !== undefined) onAnswered(judged.tookMs, judged.answer.ok ? judged.answer.value.verdict : undefined);
  }, [judged, onAnswered]);
  useSayVerdict(answer);
  return (
    <div className="flex flex-col gap-4">
      {past.kind === "live" ? null : <PastNote {...{ past, view, live }} question={isWhole ? question : undefined} />}
      {isTyping || words !== undefined ? (
        <QuestionText
          key={words ?? ""}
          snapshot={state.snapshot}
          start={words ?? (isWhole ? formatReachText(question) : "")}
          onAsk={(next) => {
            view.ask(next);
            setTyping(false);
          }}
          onClose={() => {
            setTyping(false);
            view.ask({});
          }}
        />
      ) : (
        <QuestionBar
          view={view}
          snapshot={asked.snapshot}
          draftCount={asked.draftCount}
          onType={() => setTyping(true)}
          onAsk={() => document.getElementById("verdict")?.focus()}
        />
      )}
      {view.problem === undefined ? null : (
        <Unanswered
          title={`“${view.problem.text}” cannot be asked about`}
          detail={describeReachText(view.problem.at)}
        />
      )}
      {isWhole ? null : <StartHere snapshot={state.snapshot} onAsk={view.ask} />}
      {hasFailed ? <JudgeFailed onRetry={retry} /> : null}
      {judged === undefined || judged.answer.ok ? null : (
        <Unanswered
          title="There is no answer"
          detail={`${describeReachProblem(judged.answer.error)} ${wayOut(judged.answer.error.kind, state)}`}
        />
      )}
      {answer === undefined ? null : (
        <Answered {...{ answer, asked, state, view, onSave }} isPast={past.kind === "read"} />
      )}
    </div>
  );
}

function wayOut(kind: string, { snapshot }: PolicyState): string {
  if (!kind.startsWith("unknown")) return "";
  const count = snapshot.profiles.size;
  if (count === 0) return "There are no profiles at all yet.";
  return `It may have been removed or renamed; choose another of the ${count === 1 ? "1 profile" : `${count} profiles`} above.`;
}

type AnsweredProps = {
  readonly answer: ReachAnswer;
  readonly asked: AskedState;
  readonly state: PolicyState;
  readonly view: CheckView;
  readonly onSave: AskViewProps["onSave"];
  /** A draft begins on what is live, so an old revision has no offers. */
  readonly isPast: boolean;
};

function Answered({ answer, asked, state, view, onSave, isPast }: AnsweredProps) {
  const { question, verdict } = answer;
  const wanted = verdict === "allow" ? "deny" : "allow";
  const edits = useJudged(isPast ? undefined : { kind: "edits", question, wanted }, asked);
  const near = useJudged(verdict === "allow" ? { kind: "near", question } : undefined, asked);
  const start = useStartDrafts(state);
  const say = useToast();
  const copy = async () => {
    const link = new URL(window.location.href);
    const rev = view.rev ?? state.storeRevision;
    link.searchParams.set("rev", String(rev));
    await navigator.clipboard.writeText(link.href);
    say({ title: "Link copied", detail: `It asks rev ${rev}, and says what the answer is live.` });
  };
  return (
    <>
      <VerdictCard
        key={JSON.stringify(question)}
        answer={answer}
        actions={
          <>
            <Button onClick={() => onSave(question, verdict)}>
              <Icon of={ShieldPlus} size={14} />
              Save as intent
            </Button>
            <Button onClick={() => void copy()}>
              <Icon of={LinkIcon} size={14} />
              Copy link
            </Button>
          </>
        }
      />
      {near === undefined ? null : (
        <NearList near={near.answer} question={question} onAsk={(from) => view.ask({ from })} />
      )}
      {isPast ? null : (
        <EditOffers
          title={verdict === "allow" ? "What would close it" : "Nearest miss"}
          offers={edits?.answer}
          onStart={(offer) => {
            if (start(offer.edits)) view.setWithDraft(true);
          }}
        />
      )}
    </>
  );
}

/** Says the verdict when it is there, and again when it becomes another. */
function useSayVerdict(answer: ReachAnswer | undefined): void {
  const announce = useAnnounce();
  const said = useRef("");
  const sentence = answer === undefined ? "" : reachSentence(answer);
  useEffect(() => {
    if (sentence === "" || sentence === said.current) return;
    said.current = sentence;
    announce(sentence);
  }, [sentence, announce]);
}
