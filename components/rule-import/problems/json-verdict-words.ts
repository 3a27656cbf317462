import { syntaxTree } from "@codemirror/language";
import { type EditorState, RangeSetBuilder } from "@codemirror/state";
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";

const ALLOW = Decoration.mark({ class: "json-allow" });
const DENY = Decoration.mark({ class: "json-deny" });
const TAG = Decoration.mark({ class: "json-tag" });
const VALUE = Decoration.mark({ class: "json-value" });

const TAG_KEYS: ReadonlySet<string> = new Set(["src_tag", "dst_tag", "!src_tag", "!dst_tag"]);

/** Colours verdict words and tags in the JSON source, and nothing else: elsewhere colour would be decoration. */
export const verdictWords = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = markWords(view);
    }
    update(update: ViewUpdate) {
      const isStale =
        update.docChanged || update.viewportChanged || syntaxTree(update.startState) !== syntaxTree(update.state);
      if (isStale) this.decorations = markWords(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function markWords(view: EditorView): DecorationSet {
  const marks = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    syntaxTree(view.state).iterate({
      from,
      to,
      enter: (node) => {
        if (node.name !== "Property") return;
        const name = node.node.getChild("PropertyName");
        const value = node.node.lastChild;
        if (name === null || value === null || value.name === "PropertyName") return;
        const mark = markFor(unquoted(view.state, name), unquoted(view.state, value), value.name);
        if (mark !== undefined) marks.add(value.from, value.to, mark);
      },
    });
  }
  return marks.finish();
}

function markFor(key: string, value: string, kind: string): Decoration | undefined {
  if (kind !== "String" && kind !== "Number") return undefined;
  if (key === "action") return value === "allow" ? ALLOW : value === "deny" ? DENY : VALUE;
  return TAG_KEYS.has(key) ? TAG : VALUE;
}

function unquoted(state: EditorState, node: { readonly from: number; readonly to: number }): string {
  return state.sliceDoc(node.from, node.to).replace(/^"|"$/g, "");
}
