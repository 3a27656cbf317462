"use client";

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { diagnosticCount, linter, lintGutter, setDiagnostics } from "@codemirror/lint";
import { searchKeymap } from "@codemirror/search";
import { Annotation, type EditorState, type Extension, type Text } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { getNonce } from "get-nonce";
import { type RefObject, useEffect, useImperativeHandle, useRef } from "react";
import { jsonTheme } from "./json-theme.ts";
import { verdictWords } from "./json-verdict-words.ts";
import type { ProblemRow } from "./problem-rows.ts";
import { nonOverlapping } from "./propose-fix.ts";
import type { SourceFix } from "./source-fix.ts";

/** What the list of problems can ask of the editor. */
export type JsonEditorHandle = {
  /** Selects the place of a problem, scrolls there and takes the focus. */
  readonly jumpTo: (row: ProblemRow) => void;
  /** Makes fixes as one step that can be undone; the rest of the text, the cursor and the scroll stay. */
  readonly mend: (fixes: readonly SourceFix[]) => void;
};

type JsonEditorProps = {
  readonly text: string;
  readonly label: string;
  readonly rows: readonly ProblemRow[];
  readonly onChange: (text: string) => void;
  readonly handle: RefObject<JsonEditorHandle | null>;
};

/** Marks beyond this many slow typing and help nobody; the list still counts every problem. */
const MAX_MARKS = 1_000;

/** A text set from outside is not a person's typing. */
const fromOutside = Annotation.define<boolean>();

/** The source of an import: line numbers, a mark in the gutter and a wavy line for every problem. */
export function JsonEditor({ text, label, rows, onChange, handle }: JsonEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const tell = useRef(onChange);
  useEffect(() => {
    tell.current = onChange;
  });

  const firstText = useRef(text);
  // The editor lives as long as its label; what changes later is handed to it below.
  useEffect(() => {
    if (host.current === null) return;
    const extensions = extensionsFor(label, tell);
    const editor = new EditorView({ parent: host.current, doc: firstText.current, extensions });
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
    if (rows.length === 0 && diagnosticCount(editor.state) === 0) return;
    const shown = rows.slice(0, MAX_MARKS).map((row) => diagnosticOf(editor.state.doc, row));
    editor.dispatch(setDiagnostics(editor.state, shown));
  }, [rows]);

  useImperativeHandle(handle, () => ({
    jumpTo: (row) => {
      const editor = view.current;
      if (editor === null) return;
      const { from, to } = placeOf(editor.state.doc, row);
      const effects = EditorView.scrollIntoView(from, { y: "center" });
      editor.dispatch({ selection: { anchor: from, head: to }, effects });
      editor.focus();
    },
    mend: (fixes) => {
      const changes = nonOverlapping(fixes)
        .map(({ offset, length, insert }) => ({ from: offset, to: offset + length, insert }))
        .reverse();
      view.current?.dispatch({ changes, userEvent: "input.fix" });
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
    verdictWords,
    linter(null),
    // What scrolls must have something that takes the keyboard, and says so to those who look for it.
    EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
    EditorView.updateListener.of((update) => {
      const isTyped = update.docChanged && !update.transactions.some((each) => each.annotation(fromOutside));
      if (isTyped) tell.current(update.state.doc.toString());
    }),
    highlightSpecialChars(),
    keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap]),
  ];
}

/** Only what differs is replaced, so that the place one looks at stays. */
function showText(editor: EditorView, text: string): void {
  const shown = editor.state.doc.toString();
  if (shown === text) return;
  const shorter = Math.min(shown.length, text.length);
  let head = 0;
  while (head < shorter && shown.charCodeAt(head) === text.charCodeAt(head)) head += 1;
  let tail = 0;
  while (tail < shorter - head && shown.charCodeAt(shown.length - 1 - tail) === text.charCodeAt(text.length - 1 - tail))
    tail += 1;
  const changes = { from: head, to: shown.length - tail, insert: text.slice(head, text.length - tail) };
  editor.dispatch({ changes, annotations: fromOutside.of(true) });
}

function diagnosticOf(doc: Text, row: ProblemRow) {
  const { severity, title, reason } = row;
  return { ...placeOf(doc, row), severity, message: reason === "" ? title : `${title}. ${reason}` };
}

/** Problems belong to the text that was parsed; while a person types, the shown one may be shorter. */
function placeOf(doc: EditorState["doc"], { at }: ProblemRow): { readonly from: number; readonly to: number } {
  const from = Math.min(at?.offset ?? 0, doc.length);
  return { from, to: Math.min(from + Math.max(1, at?.length ?? 1), doc.length) };
}
