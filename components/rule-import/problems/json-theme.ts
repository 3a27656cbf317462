import { EditorView } from "@codemirror/view";

/** The editor in the board's own tokens; CodeMirror writes it into a style element that carries the nonce. */
export const jsonTheme = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--color-sunken)", color: "var(--color-ink-2)" },
  "&.cm-focused": { outline: "none" },
  "&.cm-focused .cm-activeLine": { boxShadow: "inset 2px 0 var(--color-focus)" },
  ".cm-scroller": {
    fontFamily: "var(--font-mono)",
    fontSize: "12px",
    lineHeight: "22px",
    fontVariantLigatures: "none",
  },
  ".cm-gutters": { backgroundColor: "var(--color-sunken)", color: "var(--color-ink-3)", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "34px", paddingInlineEnd: "12px" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--color-hover)" },
  ".cm-cursor": { borderLeftColor: "var(--color-ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--color-amber-tint)",
  },
  ".json-allow": { color: "var(--color-allow-text)", fontWeight: "650" },
  ".json-deny": { color: "var(--color-deny-text)", fontWeight: "650" },
  ".json-tag": { color: "var(--color-amber-text)" },
  ".json-value": { color: "var(--color-ink)", fontWeight: "550" },
  // CodeMirror draws both as pictures in data addresses, which the content security policy has no reason to allow.
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--color-deny)",
    textUnderlineOffset: "3px",
  },
  ".cm-lintRange-active": { backgroundColor: "var(--color-deny-tint)" },
  ".cm-gutter-lint": { width: "22px" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0 4px" },
  ".cm-lint-marker-error": {
    content: "none",
    boxSizing: "border-box",
    width: "14px",
    height: "14px",
    marginTop: "4px",
    border: "1.5px dashed var(--color-deny)",
    borderRadius: "var(--radius-full)",
    color: "var(--color-deny-text)",
    font: "650 10px/11px var(--font-sans)",
    textAlign: "center",
  },
  ".cm-lint-marker-error::before": { content: "'\u00d7'" },
  ".cm-tooltip": {
    backgroundColor: "var(--color-raised)",
    color: "var(--color-ink)",
    border: "1px solid var(--color-line-strong)",
    borderRadius: "var(--radius-chip)",
    boxShadow: "var(--shadow-2)",
    fontFamily: "var(--font-sans)",
    fontSize: "12.5px",
  },
  ".cm-diagnostic-error": { borderLeft: "2px dashed var(--color-deny)" },
  ".cm-panels": { backgroundColor: "var(--color-raised)", color: "var(--color-ink)" },
});
