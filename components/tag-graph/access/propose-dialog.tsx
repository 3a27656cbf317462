"use client";

import { useEffect, useState } from "react";
import type { Suggestion } from "#analysis/question/suggest-edits.ts";
import { ReachEffectList } from "#components/reach/reach-effect-list.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { describeIssue } from "#policy/describe-issue.ts";
import { nameOf } from "../model/selection-names.ts";
import { askGraph } from "../worker/ask-graph.ts";
import type { Proposal } from "../worker/graph-messages.ts";
import { useMakeDraft } from "./use-make-draft.ts";

type ProposeDialogProps = { readonly from: string; readonly to: string; readonly onClose: () => void };

/** What is to be let through, and the smallest edits that would do it, each with all it opens and closes. A draft, never a write. */
export function ProposeDialog({ from, to, onClose }: ProposeDialogProps) {
  const [what, setWhat] = useState("");
  const make = useMakeDraft();
  const proposal = useProposal(from, to, what);
  const error =
    proposal?.kind === "bad-ports" ? proposal.issues.map((issue) => describeIssue(issue)).join("; ") : undefined;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title={`Let ${nameOf(from)} reach ${nameOf(to)}`}
      description="Choosing one begins a draft. Nothing is saved."
    >
      <Field
        label="What to let through"
        hint="tcp 7890, udp 53, icmp, or all"
        placeholder="tcp 7890"
        isMono
        value={what}
        onChange={(event) => setWhat(event.target.value)}
        {...(error === undefined ? {} : { error })}
      />
      <div aria-live="polite" className="mt-4 flex flex-col gap-3 pb-3">
        <ProposalNote proposal={proposal} names={[nameOf(from), nameOf(to)]} />
        {proposal?.kind === "suggestions"
          ? proposal.suggestions.map((suggestion) => (
              <SuggestionCard
                key={suggestion.summary}
                suggestion={suggestion}
                onChoose={() => {
                  make(suggestion.edits);
                  onClose();
                }}
              />
            ))
          : null}
      </div>
    </Dialog>
  );
}

type ProposalNoteProps = { readonly proposal: Proposal | undefined; readonly names: readonly [string, string] };

function ProposalNote({ proposal, names: [from, to] }: ProposalNoteProps) {
  switch (proposal?.kind) {
    case undefined:
    case "bad-ports":
      return null;
    case "no-such-place":
      return (
        <p className="text-amber-text">{proposal.place} is a group, or is not there any more. Choose one profile.</p>
      );
    case "open-already":
      return (
        <p>
          {from} can reach {to} on <span className="mono">{proposal.wanted}</span> already.
        </p>
      );
    case "suggestions":
      return proposal.suggestions.length === 0 ? (
        <p className="text-amber-text">
          No small edit would open <span className="mono">{proposal.wanted}</span>. Open the editor of {to} for more.
        </p>
      ) : (
        <p className="text-small text-ink-2">
          Smallest first. Each has been tried: with it {from} reaches {to} on{" "}
          <span className="mono">{proposal.wanted}</span>.
        </p>
      );
  }
}

type SuggestionCardProps = { readonly suggestion: Suggestion; readonly onChoose: () => void };

function SuggestionCard({ suggestion: { edits, summary, opened, closed }, onChoose }: SuggestionCardProps) {
  const pairs = (list: Suggestion["opened"]) =>
    list.map(({ from, to, connections }) => ({
      from: from === "world" ? "Anywhere" : from,
      to: to === "world" ? "Anywhere" : to,
      what: connections,
    }));
  return (
    <section
      aria-label={summary}
      data-suggestion={edits.length}
      className="rounded-card border border-line bg-raised p-3.5"
    >
      <div className="mb-3 flex items-start gap-3">
        <p className="min-w-0 grow font-[550] break-words">{summary}</p>
        <Button size="small" onClick={onChoose}>
          Begin this draft
        </Button>
      </div>
      <ReachEffectList effect={{ opens: pairs(opened), closes: pairs(closed) }} />
    </section>
  );
}

/** The desk's proposal for what is typed; an older answer never takes the place of a newer. */
function useProposal(from: string, to: string, what: string): Proposal | undefined {
  const [proposal, setProposal] = useState<Proposal>();
  useEffect(() => {
    let isWanted = true;
    if (what.trim() === "") {
      setProposal(undefined);
      return undefined;
    }
    void askGraph({ kind: "propose", from, to, what }).then((answer) => {
      if (isWanted && answer.kind === "propose") setProposal(answer.proposal);
    });
    return () => {
      isWanted = false;
    };
  }, [from, to, what]);
  return proposal;
}
