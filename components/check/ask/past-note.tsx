import { GitCommitHorizontal } from "lucide-react";
import type { ReachQuestion } from "#analysis/question/reach/reach-question.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { type AskedState, useJudged } from "../judge/use-judged.ts";
import type { CheckView } from "../use-check-view.ts";
import type { PastState } from "../use-past-state.ts";

type PastNoteProps = {
  readonly past: Exclude<PastState, { readonly kind: "live" }>;
  readonly view: CheckView;
  readonly live: AskedState;
  readonly question: ReachQuestion | undefined;
};

/** Says that an old revision is asked, what the same question has for an answer live, and the way there. */
export function PastNote({ past, view, live, question }: PastNoteProps) {
  const now = useJudged(question === undefined ? undefined : { kind: "reach", question }, live);
  const askLive = (
    <Button size="small" onClick={() => view.setRev(undefined)}>
      Ask what is live
    </Button>
  );
  if (past.kind === "not-there") {
    return (
      <Banner icon={GitCommitHorizontal} title={`Rev ${past.revision} cannot be asked`} action={askLive}>
        {past.why}
      </Banner>
    );
  }
  const verdict = now?.answer.ok ? now.answer.value.verdict : undefined;
  return (
    <Banner
      icon={GitCommitHorizontal}
      title={
        past.kind === "reading"
          ? `Reading rev ${past.revision}`
          : `You ask rev ${past.revision}. Live is rev ${live.snapshot.revision}.`
      }
      action={askLive}
    >
      {verdict === undefined ? "Nothing here changes while others save." : `Live the answer is ${ANSWERS[verdict]}.`}
    </Banner>
  );
}

const ANSWERS = { allow: "yes", deny: "no", part: "yes for a part of it" } as const;
