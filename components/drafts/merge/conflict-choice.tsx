import { useEffect, useId, useRef, useState } from "react";
import { effectWords } from "#components/reach/reach-effect.ts";
import { RuleLine } from "#components/rules/entry/rule-line.tsx";
import { ruleCells } from "#components/rules/rule-cells.ts";
import { ActionMark, WhatCell, WhoCell } from "#components/rules/rule-parts.tsx";
import { KeyCap } from "#components/ui/key-cap.tsx";
import { formatRule } from "#policy/grammar/format-rule.ts";
import { parseRule } from "#policy/grammar/parse-rule.ts";
import type { MergeChoice, MergeConflict } from "#policy/merge/profile-merge.ts";
import type { Direction, Rule } from "#policy/rule.ts";
import type { DraftEffect } from "../draft-effect.ts";
import { type ConflictOption, conflictOptions } from "./conflict-options.ts";

type ConflictChoiceProps = {
  readonly conflict: MergeConflict;
  readonly isFirst: boolean;
  readonly chosen: MergeChoice | undefined;
  readonly choose: (choice: MergeChoice | undefined) => void;
  readonly effectOf: (kind: ConflictOption["kind"]) => DraftEffect | undefined;
};

/** One conflict: what it was, and the ways to end it, each with its key and its effect. */
export function ConflictChoice({ conflict, isFirst, chosen, choose, effectOf }: ConflictChoiceProps) {
  const name = useId();
  const options = conflictOptions(conflict);
  return (
    <fieldset data-conflict={conflict.id} className="min-w-0">
      <legend className="mb-1.5 text-heading">{headingOf(conflict)}</legend>
      {conflict.kind === "rule" ? (
        <p className="mb-1.5 text-small text-ink-3">
          It was <span className="mono">{formatRule(conflict.base)}</span>
        </p>
      ) : null}
      <div className="overflow-hidden rounded-list border border-line bg-raised">
        {options.map((option, index) => (
          <label
            key={option.kind}
            className="flex min-h-10 cursor-pointer items-center gap-2.5 border-b border-s-3 border-line border-s-transparent px-2.5 py-1.5 last:border-b-0 hover:bg-hover has-checked:border-s-focus has-checked:bg-sel has-focus-visible:focus-row"
          >
            <input
              type="radio"
              name={name}
              data-key={index + 1}
              className="sr-only"
              checked={chosen?.kind === option.kind}
              // biome-ignore lint/a11y/noAutofocus: the narrowest way has the keyboard when the decision opens.
              autoFocus={isFirst && index === 0}
              onChange={() => choose({ kind: option.kind })}
            />
            <KeyCap>{index + 1}</KeyCap>
            <OptionRules conflict={conflict} option={option} />
            <span className="ms-auto shrink-0 text-small text-ink-2">{wordsOf(option, effectOf(option.kind))}</span>
          </label>
        ))}
        {conflict.kind === "rule" ? (
          <HandRule
            conflict={conflict}
            keyNumber={options.length + 1}
            isChosen={chosen?.kind === "rule"}
            choose={choose}
          />
        ) : null}
      </div>
    </fieldset>
  );
}

const SIDES = { theirs: "theirs", yours: "yours", both: "both" } as const;

function wordsOf({ kind }: ConflictOption, effect: DraftEffect | undefined): string {
  return effect === undefined ? SIDES[kind] : `${SIDES[kind]}, ${effectWords(effect)}`;
}

function headingOf(conflict: MergeConflict): string {
  if (conflict.kind === "rules") return "The rules as a whole: one side cannot be read";
  const direction = conflict.direction === "inbound" ? "Inbound" : "Outbound";
  return conflict.kind === "order" ? `${direction}: which order` : `${direction} ${conflict.id.split(" ").at(-1)}`;
}

type OptionRulesProps = { readonly conflict: MergeConflict; readonly option: ConflictOption };

function OptionRules({ conflict, option }: OptionRulesProps) {
  if (conflict.kind === "rules")
    return <span>{option.kind === "theirs" ? "As it is stored now" : "As the draft has it"}</span>;
  if (conflict.kind === "rule") {
    if (option.rules.length === 0) return <span className="text-ink-2">The rule is removed</span>;
    return <RuleRows rules={option.rules} direction={conflict.direction} />;
  }
  const places = conflict.moved.map((rule) => `${option.rules.indexOf(rule) + 1}`);
  return (
    <span className="min-w-0 text-small">
      {conflict.moved.map((rule, index) => (
        <span key={`${places[index]} ${formatRule(rule)}`} className="block truncate">
          <b className="font-[600]">Position {places[index]}</b> <span className="mono">{formatRule(rule)}</span>
        </span>
      ))}
    </span>
  );
}

function RuleRows({ rules, direction }: { readonly rules: readonly Rule[]; readonly direction: Direction }) {
  return (
    <span className="flex min-w-0 grow flex-col gap-1">
      {rules.map((rule) => {
        const cells = ruleCells(rule, direction);
        return (
          <span key={formatRule(rule)} className="flex min-w-0 items-center gap-2">
            <ActionMark action={cells.action} />
            <WhatCell cells={cells} isVerbose />
            <span className="ms-auto min-w-0 ps-3 pe-3">
              <WhoCell cells={cells} direction={direction} />
            </span>
          </span>
        );
      })}
    </span>
  );
}

type HandRuleProps = {
  readonly conflict: Extract<MergeConflict, { readonly kind: "rule" }>;
  readonly keyNumber: number;
  readonly isChosen: boolean;
  readonly choose: (choice: MergeChoice | undefined) => void;
};

/** Another rule in place of both; it begins as yours. */
function HandRule({ conflict, keyNumber, isChosen, choose }: HandRuleProps) {
  const [text, setText] = useState<string>();
  const field = useRef<HTMLDivElement>(null);
  const isWriting = text !== undefined;
  useEffect(() => {
    if (isWriting) field.current?.querySelector("input")?.focus();
  }, [isWriting]);
  const parsed = text === undefined ? undefined : parseRule(text);
  const begin = formatRule(conflict.yours ?? conflict.theirs ?? conflict.base);
  const write = (next: string) => {
    setText(next);
    const rule = parseRule(next);
    choose(rule.ok ? { kind: "rule", rule: rule.value } : undefined);
  };
  return (
    <div
      className={`flex items-start gap-2.5 border-s-3 px-2.5 py-1.5 ${isChosen ? "border-s-focus bg-sel" : "border-s-transparent"}`}
    >
      <KeyCap>{keyNumber}</KeyCap>
      {text === undefined ? (
        <button
          type="button"
          data-key={keyNumber}
          className="grow text-start text-ink-2 hover:underline"
          onClick={() => write(begin)}
        >
          Edit by hand
        </button>
      ) : (
        <div ref={field} className="min-w-0 grow">
          <RuleLine text={text} issues={parsed && !parsed.ok ? parsed.error : []} onChange={write} />
        </div>
      )}
    </div>
  );
}
