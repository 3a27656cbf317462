"use client";

import { CircleHelp, PencilLine, ScanSearch, ShieldCheck, ShieldX } from "lucide-react";
import { describeIntentState } from "#analysis/intents/describe-intent.ts";
import { formatTraffic } from "#analysis/question/reach/traffic-text.ts";
import { sinceWords } from "#components/intents/since-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { MenuButton } from "#components/ui/menu-button.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import { describeIssue } from "#policy/describe-issue.ts";
import type { Intent } from "#policy/intent/intent.ts";
import type { PolicyState } from "#web/queries/policy-state.ts";
import { checkHref } from "../check-href.ts";
import { askJudge } from "../judge/ask-judge.ts";
import { PlaceMark } from "../place-mark.tsx";
import { useStartDrafts } from "../use-start-drafts.ts";
import type { IntentStart } from "./intent-dialog.tsx";
import { IntentMenu } from "./intent-menu.tsx";
import type { ShownIntent } from "./use-intents.ts";

type IntentLineProps = {
  readonly shown: ShownIntent;
  readonly state: PolicyState;
  readonly onEdit: (start: IntentStart) => void;
  readonly onDrafted: () => void;
};

const ROW =
  "col-span-full grid grid-cols-subgrid items-center gap-y-1 border-b border-line px-3.5 py-2 last:border-b-0";

/** One promise: shield, who, must or must not, whom, what, the state in a word, and the evidence. */
export function IntentLine({ shown, state, onEdit, onDrafted }: IntentLineProps) {
  const { row } = shown;
  const start = useStartDrafts(state);
  if (row.intent.kind !== "valid") return <UnreadLine shown={shown} />;
  const intent = row.intent.value;
  const isBroken = shown.state?.kind === "broken";
  const fix = async () => {
    const wanted = intent.must === "reach" ? "allow" : "deny";
    const request = { kind: "edits", question: questionOf(intent), wanted } as const;
    const [smallest] = (await askJudge({ request, snapshot: state.snapshot, drafted: [] }))?.answer ?? [];
    if (start(smallest?.edits ?? [])) onDrafted();
  };
  return (
    <li
      className={`${ROW} ${isBroken ? "border-s-3 border-s-deny [border-inline-start-style:dashed] bg-deny-tint ps-[11px]" : ""}`}
      data-intent={shown.state?.kind ?? "unread"}
    >
      <StateIcon shown={shown} />
      <span className="flex min-w-0 max-lg:hidden">
        <PlaceMark place={intent.from} isStrong />
      </span>
      <span className="text-ink-2 max-lg:hidden">{intent.must === "reach" ? "must reach" : "must not reach"}</span>
      <span className="flex min-w-0 max-lg:hidden">
        <PlaceMark place={intent.to} isStrong />
      </span>
      <span className="mono truncate max-lg:hidden">{formatTraffic(intent.traffic) || "everything"}</span>
      <NarrowSentence intent={intent} />
      <span className={`font-[600] ${isBroken ? "text-deny-text" : ""} max-lg:col-start-2 max-lg:row-start-2`}>
        {stateWord(shown)}
      </span>
      <span className="min-w-0 text-small break-words text-ink-2 max-lg:col-span-2 max-lg:col-start-2 max-lg:empty:hidden">
        {evidenceOf(shown)}
      </span>
      <span className="flex items-center justify-end gap-1.5 max-lg:col-start-3 max-lg:row-start-1">
        {isBroken ? (
          <Button size="small" onClick={() => void fix()}>
            <Icon of={PencilLine} size={12} className="text-amber-text" />
            Draft a fix
          </Button>
        ) : null}
        <PageLink
          href={checkHref(questionOf(intent))}
          className="flex size-6 items-center justify-center rounded-chip text-ink-2 hover:bg-hover hover:text-ink coarse:size-10"
          title="Ask"
        >
          <Icon of={ScanSearch} size={14} />
          <span className="sr-only">Ask about it</span>
        </PageLink>
        <MenuButton
          label="Intent"
          button={(props) => (
            <Button look="plain" size="icon" aria-label="More" {...props}>
              ⋯
            </Button>
          )}
        >
          {() => <IntentMenu row={row} onEdit={() => onEdit({ row })} />}
        </MenuButton>
      </span>
    </li>
  );
}

function questionOf({ from, to, traffic }: Intent) {
  return { from, to, traffic };
}

function NarrowSentence({ intent }: { readonly intent: Intent }) {
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-1.5 lg:hidden">
      <PlaceMark place={intent.from} isStrong />
      <span className="text-ink-2">{intent.must === "reach" ? "must reach" : "must not reach"}</span>
      <PlaceMark place={intent.to} isStrong />
      <span className="mono">{formatTraffic(intent.traffic)}</span>
    </span>
  );
}

function StateIcon({ shown: { state } }: { readonly shown: ShownIntent }) {
  if (state?.kind === "broken") return <Icon of={ShieldX} size={16} className="text-deny-text" />;
  if (state?.kind === "holds") return <Icon of={ShieldCheck} size={16} className="text-ink-2" />;
  return <Icon of={CircleHelp} size={16} className="text-amber-text" />;
}

function stateWord({ state }: ShownIntent): string {
  return state === undefined ? "…" : { holds: "Holds", broken: "Broken", unjudged: "Not judged" }[state.kind];
}

/** Since when and by what; a draft's own doing says so. */
function evidenceOf({ row: { since }, state, isBrokenByDraft }: ShownIntent): string {
  if (state === undefined || state.kind === "holds") return "";
  if (state.kind === "unjudged") return describeIntentState(state);
  const by = state.decidedBy === undefined ? describeIntentState(state) : `by ${state.decidedBy}`;
  const when = isBrokenByDraft ? "with your draft" : sinceWords(since);
  return [when, by].filter((part) => part !== "").join(", ");
}

function UnreadLine({ shown: { row } }: { readonly shown: ShownIntent }) {
  return (
    <li
      className="col-span-full flex flex-wrap items-center gap-3 border-b border-line px-3.5 py-2 last:border-b-0"
      data-intent="unread"
    >
      <Icon of={CircleHelp} size={16} className="text-amber-text" />
      <span className="min-w-0 grow break-words">
        <b className="font-[600]">{row.id}</b> cannot be read, so nothing watches over it.{" "}
        {row.intent.kind === "invalid" ? row.intent.issues.map((issue) => describeIssue(issue)).join(" ") : ""}
      </span>
      <MenuButton
        label="Intent"
        button={(props) => (
          <Button look="plain" size="icon" aria-label="More" {...props}>
            ⋯
          </Button>
        )}
      >
        {() => <IntentMenu row={row} />}
      </MenuButton>
    </li>
  );
}
