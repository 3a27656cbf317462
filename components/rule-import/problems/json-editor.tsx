"use client";

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { linter, lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import { searchKeymap } from "@codemirror/search";
import { Annotation, type EditorState, type Extension, type Text } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { getNonce } from "get-nonce";
import { type RefObject, useEffect, useImperativeHandle, useRef } from "react";
import { describeIssue } from "#policy/describe-issue.ts";
import type { Issue } from "#policy/issue.ts";
import { jsonTheme } from "./json-theme.ts";
import { verdictWords } from "./json-verdict-words.ts";

/** What the list of problems can ask of the editor. */
export type JsonEditorHandle = {
  /** Selects the place of a problem, scrolls there and takes the focus. */
  readonly jumpTo: (issue: Issue) => void;
};

type JsonEditorProps = {
  readonly text: string;
  readonly label: string;
  readonly issues: readonly Issue[];
  readonly onChange: (text: string) => void;
  readonly handle: RefObject<JsonEditorHandle | null>;
};

/** Marks beyond this many slow typing and help nobody; the list still counts every problem. */
const MAX_MARKS = 1_000;

/** A text set from outside is not a person's typing. */
const fromOutside = Annotation.define<boolean>();

/** The source of an import: line numbers, a mark in the gutter and a wavy line for every problem. */
export function JsonEditor({ text, label, issues, onChange, handle }: JsonEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const tell = useRef(onChange);
  useEffect(() => {
    tell.current = onChange;
  });

  // The editor lives as long as its label; what changes later is handed to it below.
  useEffect(() => {
    if (host.current === null) return;
    const editor = new EditorView({ parent: host.current, extensions: extensionsFor(label, tell) });
    view.current = editor;
    return () => editor.destroy();
  }, [label]);

  useEffect(() => {
    const editor = view.current;
    if (editor !== null) showText(editor, text);
  }, [text]);

  useEffect(() => {
    const editor = view.current;
    if (editor === null) return;
    const shown = issues.slice(0, MAX_MARKS).map((issue) => diagnosticOf(editor.state.doc, issue));
    editor.dispatch(setDiagnostics(editor.state, shown));
  }, [issues]);

  useImperativeHandle(handle, () => ({
    jumpTo: (issue) => {
      const editor = view.current;
      if (editor === null) return;
      const { from, to } = placeOf(editor.state.doc, issue);
      const effects = EditorView.scrollIntoView(from, { y: "center" });
      editor.dispatch({ selection: { anchor: from, head: to }, effects });
      editor.focus();
    },
  }));

  return <div ref={host} className="h-full min-h-0 overflow-hidden" />;
}

function extensionsFor(label: string, tell: RefObject<(text: string) => void>): Extension {
  return [
    EditorView.cspNonce.of(getNonce() ?? ""),
    jsonTheme,
    lintGutter(),
    lineNumbers(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    history(),
    drawSelection(),
    json(),
    verdictWords,
    linter(null),
    EditorView.contentAttributes.of({ "aria-label": label }),
    EditorView.updateListener.of((update) => {
      const isTyped = update.docChanged && !update.transactions.some((each) => each.annotation(fromOutside));
      if (isTyped) tell.current(update.state.doc.toString());
    }),
    keymap.of([
      { key: "F8", run: nextDiagnostic },
      { key: "Shift-F8", run: previousDiagnostic },
      ...defaultKeymap,
      ...historyKeymap,
      ...searchKeymap,
    ]),
  ];
}

function showText(editor: EditorView, text: string): void {
  if (editor.state.doc.toString() === text) return;
  const changes = { from: 0, to: editor.state.doc.length, insert: text };
  editor.dispatch({ changes, annotations: fromOutside.of(true) });
}

function diagnosticOf(doc: Text, issue: Issue) {
  return { ...placeOf(doc, issue), severity: "error" as const, message: describeIssue(issue) };
}

/** Problems belong to the text that was parsed; while a person types, the shown one may be shorter. */
function placeOf(doc: EditorState["doc"], issue: Issue): { readonly from: number; readonly to: number } {
  const from = Math.min(issue.at?.offset ?? 0, doc.length);
  return { from, to: Math.min(from + Math.max(1, issue.at?.length ?? 1), doc.length) };
}
