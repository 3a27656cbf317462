"use client";

import { CircleX } from "lucide-react";
import { type KeyboardEvent, useMemo, useRef } from "react";
import { JsonEditor, type JsonEditorHandle } from "#components/rule-import/problems/json-editor.tsx";
import type { ProblemRow } from "#components/rule-import/problems/problem-rows.ts";
import { useRuleListActions } from "#components/rules/rule-list-context.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { KeyCap } from "#components/ui/key-cap.tsx";
import { describeIssue } from "#policy/describe-issue.ts";
import type { Issue } from "#policy/issue.ts";
import { formatRulesJson } from "#policy/json/format-rules-json.ts";
import type { Profile, ProfileRules } from "#policy/profile.ts";
import { editsOfJson } from "./edits-of-json.ts";
import { useJsonDraft } from "./use-json-draft.ts";

type JsonPanelProps = { readonly profile: Profile; readonly rules: ProfileRules };

/** More rows than anyone reads; each still has its mark beside its line. */
const MAX_ROWS = 50;

/** The same draft as JSON. What cannot be read stays here with its problems; the lists keep what was last valid. */
export function JsonPanel({ profile, rules }: JsonPanelProps) {
  const { change } = useRuleListActions();
  const editor = useRef<JsonEditorHandle>(null);
  const draftText = useMemo(() => formatRulesJson(profile.id, rules), [profile.id, rules]);
  const { text, reading, isTouched, isBehind, setText, reset } = useJsonDraft(profile.id, draftText);
  const issues = reading.kind === "read" ? reading.issues : NONE;
  const rows = useMemo(() => issues.map(rowOf), [issues]);
  const written = reading.kind === "read" && issues.length === 0 ? reading.rules : undefined;
  const apply = () => {
    if (written === undefined || !isTouched) return;
    const edits = editsOfJson(profile, written);
    if (edits.length > 0) {
      const count = edits.length === 1 ? "1 edit" : `${edits.length} edits`;
      change(edits, { title: `JSON applied to the draft of ${profile.id}`, detail: count });
    }
    reset();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    apply();
  };
  return (
    <div className="flex min-h-0 grow flex-col" onKeyDownCapture={press} data-json-panel>
      <div className="min-h-40 grow overflow-hidden max-lg:h-72">
        <JsonEditor
          text={text}
          label={`Rules of ${profile.id} as JSON`}
          rows={rows}
          onChange={setText}
          handle={editor}
        />
      </div>
      <div className="shrink-0 border-t border-line bg-surface px-4 py-2.5 text-small">
        <Problems rows={rows} onJump={(row) => editor.current?.jumpTo(row)} />
        {isBehind ? (
          <p className="mb-2 text-ink-2">The draft changed meanwhile. Applying puts this text over it.</p>
        ) : null}
        <span className="flex items-center gap-2">
          <span aria-live="polite" className="text-ink-3">
            {stateWords(reading.kind, issues.length, isTouched)}
          </span>
          <Button look="plain" size="small" className="ms-auto" disabled={!isTouched} onClick={reset}>
            Back to the draft
          </Button>
          <Button look="primary" size="small" disabled={written === undefined || !isTouched} onClick={apply}>
            Apply <KeyCap onPrimary>Ctrl ↵</KeyCap>
          </Button>
        </span>
      </div>
    </div>
  );
}

const NONE: readonly Issue[] = [];

function rowOf(issue: Issue): ProblemRow {
  return { severity: "error", title: describeIssue(issue), reason: "", ...(issue.at && { at: issue.at }) };
}

function stateWords(kind: "reading" | "read", problems: number, isTouched: boolean): string {
  if (!isTouched) return "The draft";
  if (kind === "reading") return "Reading";
  return problems === 0 ? "Can be applied" : problems === 1 ? "1 problem" : `${problems} problems`;
}

type ProblemsProps = { readonly rows: readonly ProblemRow[]; readonly onJump: (row: ProblemRow) => void };

function Problems({ rows, onJump }: ProblemsProps) {
  if (rows.length === 0) return null;
  return (
    <ul aria-label="Problems" className="thin-scroll mb-2 flex max-h-40 flex-col gap-1 overflow-y-auto">
      {rows.slice(0, MAX_ROWS).map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: problems have no name; within one reading their order is fixed.
        <li key={index}>
          <button type="button" onClick={() => onJump(row)} className="flex items-start gap-1.5 text-start">
            <Icon of={CircleX} size={12} className="mt-0.5 text-deny-text" />
            <span className="min-w-0 break-words">
              <span className="mono text-ink-2">{row.at === undefined ? "" : `${row.at.line}:${row.at.column} `}</span>
              {row.title}
            </span>
          </button>
        </li>
      ))}
      {rows.length > MAX_ROWS ? <li className="text-ink-3">and {rows.length - MAX_ROWS} more</li> : null}
    </ul>
  );
}
