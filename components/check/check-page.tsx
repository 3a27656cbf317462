"use client";

import { useCallback, useState } from "react";
import type { ReachVerdict } from "#analysis/question/reach/answer-reach.ts";
import { usePolicy } from "#components/live/policy-provider.tsx";
import { Unreadable } from "#components/live/unreadable.tsx";
import { OpenHelp } from "#components/shell/open-help.tsx";
import { PageFrame } from "#components/shell/page-frame.tsx";
import { KeyHint } from "#components/shell/status-bar.tsx";
import { usePageKeys } from "#components/shell/use-page-keys.ts";
import type { PolicyState } from "#web/queries/policy-state.ts";
import { AskView } from "./ask/ask-view.tsx";
import { CheckTabs } from "./check-tabs.tsx";
import { FindingList } from "./findings/finding-list.tsx";
import { IntentDialog, type IntentStart } from "./intents/intent-dialog.tsx";
import { IntentList } from "./intents/intent-list.tsx";
import { useIntents } from "./intents/use-intents.ts";
import { useAskedState } from "./use-asked-state.ts";
import { useCheckView } from "./use-check-view.ts";

/** Ask who can reach whom and why, keep the answers as intents, and see what the judge found worth a look. */
export function CheckPage() {
  const policy = usePolicy();
  if (policy.kind === "known") return <CheckWork state={policy.state} />;
  return (
    <PageFrame title="Check">
      {policy.kind === "unreadable" ? <Unreadable detail={policy.detail} onRetry={policy.retry} /> : <Reading />}
    </PageFrame>
  );
}

function CheckWork({ state }: { readonly state: PolicyState }) {
  const view = useCheckView();
  const asked = useAskedState(state.snapshot, view.isWithDraft);
  const [isTyping, setTyping] = useState(false);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [tookMs, setTookMs] = useState<number>();
  const isKeeping = view.params.get("keep") === "intent";
  const [chosen, setSaving] = useState<IntentStart>();
  const [answered, setAnswered] = useState<ReachVerdict>();
  const { from, to, traffic } = view;
  // A link that asks to keep its question waits for the answer: it says which promise to offer.
  const kept = isKeeping && answered !== undefined ? { question: { from, to, traffic }, verdict: answered } : undefined;
  const saving = chosen ?? kept;
  const stopSaving = () => {
    setSaving(undefined);
    if (isKeeping) view.change({ keep: undefined });
  };
  const intents = useIntents(asked);
  const onAnswered = useCallback((ms: number, verdict: ReachVerdict | undefined) => {
    setTookMs(ms);
    setAnswered(verdict);
  }, []);
  const swap = () => view.from !== "" && view.to !== "" && view.ask({ from: view.to, to: view.from });
  usePageKeys({
    "/": () => {
      view.show("ask");
      setTyping(true);
    },
    s: swap,
    S: swap,
    d: () => asked.draftCount > 0 && view.setWithDraft(!view.isWithDraft),
    "?": () => setHelpOpen(true),
  });
  return (
    <PageFrame
      title="Check"
      counters={<CheckTabs view={view} broken={intents.broken} />}
      status={statusOf((view.tab === "ask" ? view.rev : undefined) ?? state.snapshot.revision, tookMs)}
      keys={
        <>
          <KeyHint keys="/" does="write it" />
          <KeyHint keys="S" does="swap sides" />
          {asked.draftCount > 0 ? <KeyHint keys="D" does="with your draft" /> : null}
          <KeyHint keys="?" does="all keys" />
        </>
      }
    >
      <div className="thin-scroll min-h-0 grow overflow-y-auto bg-sunken">
        <div className="mx-auto flex max-w-[1240px] flex-col gap-5 px-7 py-4 max-md:px-4">
          <div className="lg:hidden">
            <CheckTabs view={view} broken={intents.broken} />
          </div>
          {view.tab === "findings" ? <FindingList {...{ state, view, asked }} /> : null}
          {view.tab === "ask" ? (
            <AskView
              {...{ view, state, asked, isTyping, setTyping, onAnswered }}
              onSave={(question, verdict) => setSaving({ question, verdict })}
            />
          ) : null}
          {view.tab === "findings" ? null : (
            <IntentList
              intents={intents}
              state={state}
              isWhole={view.tab === "intents"}
              onWhole={() => view.show("intents")}
              onEdit={(row) => setSaving(row)}
              onDrafted={() => view.setWithDraft(true)}
            />
          )}
        </div>
      </div>
      {saving === undefined ? null : <IntentDialog snapshot={state.snapshot} start={saving} onClose={stopSaving} />}
      <OpenHelp isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
    </PageFrame>
  );
}

function statusOf(revision: number, tookMs: number | undefined): string {
  if (tookMs === undefined) return `rev ${revision}`;
  const time = tookMs < 1 ? "less than 1 ms" : `${Math.round(tookMs)} ms`;
  return `Evaluated in ${time} at rev ${revision}, every source port and address`;
}

function Reading() {
  return (
    <div className="grow animate-appear-late bg-sunken p-[22px]" aria-busy="true">
      <span className="sr-only">Reading the policy</span>
      <div className="h-12 rounded-card bg-raised" />
      <div className="mt-4 h-60 rounded-card bg-raised" />
    </div>
  );
}
