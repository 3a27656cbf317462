import { Globe, KeyRound } from "lucide-react";
import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { Action, Direction } from "#policy/rule.ts";
import type { CellPart, PlacedPart, RuleCells } from "./rule-cells.ts";

/** The left column: what the rule is about. Log and next-tier are no verdicts, so they are said in words too. */
export function WhatCell({ cells, isVerbose }: { readonly cells: RuleCells; readonly isVerbose: boolean }) {
  const isVerdict = cells.action === "allow" || cells.action === "deny";
  return (
    <span className="flex min-w-0 items-baseline gap-1 truncate">
      {isVerbose || !isVerdict ? (
        <span className={`font-[550] ${isVerbose ? "min-w-11" : ""}`}>{cells.action}</span>
      ) : (
        <span className="sr-only">{cells.action}</span>
      )}
      <Parts parts={cells.what} />
    </span>
  );
}

/** The right column: who is on the other end. */
export function WhoCell({ cells, direction }: { readonly cells: RuleCells; readonly direction: Direction }) {
  return (
    <span className="flex min-w-0 items-center justify-end gap-1 truncate text-end">
      <span className="sr-only">{direction === "inbound" ? "from" : "to"}</span>
      {cells.isAnyone ? (
        <>
          {direction === "inbound" && cells.action !== "log" && !cells.isEverything ? (
            <Icon of={Globe} size={14} className="text-ink-3" />
          ) : null}
          <span className="text-ink-3">anyone</span>
        </>
      ) : null}
      <Parts parts={cells.who} />
    </span>
  );
}

function Parts({ parts }: { readonly parts: readonly PlacedPart[] }) {
  return parts.map((part) => <Part key={part.place} part={part} />);
}

function Part({ part }: { readonly part: CellPart }) {
  switch (part.kind) {
    case "strong":
      return <span className="font-[550]">{part.text}</span>;
    case "plain":
      return <span>{part.text}</span>;
    case "word":
    case "quiet":
      return <span className="text-ink-3">{part.text}</span>;
    case "mono":
      return <span className="mono mono-list truncate">{part.text}</span>;
    case "net":
      return <span className="mono truncate text-ink-2">{part.text}</span>;
    case "tag":
      return (
        <span className="inline-flex min-w-0 items-center gap-1">
          <Icon of={KeyRound} size={12} className="text-amber-text" />
          <span className="sr-only">tag</span>
          <span className="mono truncate">{part.text}</span>
        </span>
      );
  }
}

/** The mark of a rule's action. */
export function ActionMark({ action }: { readonly action: Action }) {
  return <VerdictMark mark={action} />;
}
