import { ruleCells } from "#components/rules/rule-cells.ts";
import { ActionMark, WhatCell, WhoCell } from "#components/rules/rule-parts.tsx";
import { formatRule } from "#policy/grammar/format-rule.ts";
import type { Direction } from "#policy/rule.ts";
import type { RuleChange } from "./rule-change.ts";

type RuleChangeRowProps = { readonly change: RuleChange; readonly direction: Direction };

/** One rule of the list after, or one that is gone; the sign and the words say what happened, the tint that it is yours. */
export function RuleChangeRow({ change, direction }: RuleChangeRowProps) {
  const cells = ruleCells(change.rule, direction);
  const isGone = change.kind === "removed";
  return (
    <li
      data-change={change.kind}
      className={`grid grid-cols-[16px_22px_16px_minmax(0,1fr)_minmax(0,auto)_minmax(96px,auto)] items-center gap-2 border-b border-line px-3 py-2 last:border-b-0 max-sm:grid-cols-[16px_22px_16px_minmax(0,1fr)] ${change.kind === "kept" ? "" : "hatch"}`}
    >
      <span aria-hidden="true" className="text-center font-[650] text-amber-text">
        {SIGNS[change.kind]}
      </span>
      <span className="text-end text-ink-3">{isGone ? change.from : change.to}</span>
      <ActionMark action={cells.action} />
      <span className={`min-w-0 ${isGone ? "line-through" : ""}`}>
        <WhatCell cells={cells} isVerbose={false} />
        {change.kind === "edited" ? (
          <span className="mono block text-ink-2">was {formatRule(change.before)}</span>
        ) : null}
      </span>
      <span className={`min-w-0 max-sm:col-start-4 ${isGone ? "line-through" : ""}`}>
        <WhoCell cells={cells} direction={direction} />
      </span>
      <span className="text-end text-small text-ink-2 max-sm:col-start-4 max-sm:text-start">{wordsFor(change)}</span>
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
    case "edited":
      return change.isMoved && change.from !== change.to ? `edited and moved, was ${change.from}` : "edited";
    case "added":
      return "new rule";
    case "removed":
      return "removed";
  }
}
