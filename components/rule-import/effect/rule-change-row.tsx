import { ruleCells } from "#components/rules/rule-cells.ts";
import { ActionMark, WhatCell, WhoCell } from "#components/rules/rule-parts.tsx";
import { formatRule } from "#policy/grammar/format-rule.ts";
import type { RuleChange } from "#policy/import/rule-change.ts";
import type { Direction } from "#policy/rule.ts";
import { editWords } from "./edit-words.ts";
import type { ShownChange } from "./import-effect.ts";

type RuleChangeRowProps = {
  readonly shown: ShownChange;
  readonly direction: Direction;
  readonly onAccept: (isAccepted: boolean) => void;
};

/** One rule of the list after, or one that is gone; the sign and the words say what happened, the tint that it is yours. */
export function RuleChangeRow({ shown: { change, isDeclined }, direction, onAccept }: RuleChangeRowProps) {
  const cells = ruleCells(change.rule, direction);
  const isGone = change.kind === "removed";
  const isKept = change.kind === "kept";
  const strike = isGone !== isDeclined ? "line-through decoration-ink-3" : "";
  return (
    <li
      data-change={change.kind}
      className={`grid grid-cols-[18px_16px_22px_16px_minmax(0,1fr)_minmax(0,auto)_minmax(96px,auto)] items-center gap-2 border-b border-line px-3 py-2 last:border-b-0 max-sm:grid-cols-[18px_16px_22px_16px_minmax(0,1fr)] ${isKept || isDeclined ? "" : "hatch"}`}
    >
      {isKept ? (
        <span aria-hidden="true" />
      ) : (
        <input
          type="checkbox"
          checked={!isDeclined}
          aria-label={`${wordsFor(change)}: ${formatRule(change.rule)}`}
          onChange={(event) => onAccept(event.target.checked)}
          className="size-4 accent-primary"
        />
      )}
      <span aria-hidden="true" className="text-center font-[650] text-amber-text">
        {SIGNS[change.kind]}
      </span>
      <span className="text-end text-ink-3">{isGone ? change.from : change.to}</span>
      <ActionMark action={cells.action} />
      <span className={`min-w-0 ${strike}`}>
        <WhatCell cells={cells} isVerbose={false} />
        {change.kind === "edited" ? (
          <span className="mono block text-ink-2">was {formatRule(change.before)}</span>
        ) : null}
      </span>
      <span className={`min-w-0 max-sm:col-start-5 ${strike}`}>
        <WhoCell cells={cells} direction={direction} />
      </span>
      <span className="text-end text-small text-ink-2 max-sm:col-start-5 max-sm:text-start">
        {isDeclined ? `not taken: ${wordsFor(change)}` : wordsFor(change)}
      </span>
    </li>
  );
}

const SIGNS: Readonly<Record<RuleChange["kind"], string>> = {
  kept: "",
  moved: "⇅",
  edited: "±",
  added: "+",
  removed: "−",
};

function wordsFor(change: RuleChange): string {
  switch (change.kind) {
    case "kept":
      return change.from === change.to ? "unchanged" : `unchanged, was ${change.from}`;
    case "moved":
      return `moved ${change.to < change.from ? "up" : "down"}, was ${change.from}`;
    case "edited": {
      const words = editWords(change.before, change.rule);
      return change.isMoved && change.from !== change.to ? `${words}, moved from ${change.from}` : words;
    }
    case "added":
      return "new rule";
    case "removed":
      return "removed";
  }
}
