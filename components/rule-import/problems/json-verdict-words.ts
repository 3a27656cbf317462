import { RangeSetBuilder } from "@codemirror/state";
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";

const ALLOW = Decoration.mark({ class: "json-allow" });
const DENY = Decoration.mark({ class: "json-deny" });
const TAG = Decoration.mark({ class: "json-tag" });
const VALUE = Decoration.mark({ class: "json-value" });

const TAG_KEYS: ReadonlySet<string> = new Set(["src_tag", "dst_tag", "!src_tag", "!dst_tag"]);

/** A key with a word or a number behind it. Text of JSON cannot span lines, so a line is a sound place to begin. */
const PAIR = /"((?:[^"\\\n]|\\.)*)"\s*:\s*("(?:[^"\\\n]|\\.)*"|-?\d[\w.+-]*)/g;

/**
 * Colours verdict words and tags in the JSON source, and nothing else: elsewhere colour would be decoration. Only the
 * lines in sight are looked at: a syntax tree of 100,000 lines would hold the page up for the sake of forty.
 */
export const verdictWords = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = markWords(view);
    }
    update({ docChanged, viewportChanged, view }: ViewUpdate) {
      if (docChanged || viewportChanged) this.decorations = markWords(view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function markWords(view: EditorView): DecorationSet {
  const marks = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    for (const pair of view.state.sliceDoc(from, to).matchAll(PAIR)) {
      const [whole, key = "", value = ""] = pair;
      const end = from + pair.index + whole.length;
      marks.add(end - value.length, end, markFor(key, value.replace(/^"|"$/g, "")));
    }
  }
  return marks.finish();
}

function markFor(key: string, value: string): Decoration {
  if (key === "action") return value === "allow" ? ALLOW : value === "deny" ? DENY : VALUE;
  return TAG_KEYS.has(key) ? TAG : VALUE;
}
