import type { EditorView } from "./editor-view.ts";

type ViewSwitchProps = { readonly view: EditorView; readonly onChange: (view: EditorView) => void };

const VIEWS: readonly { readonly view: EditorView; readonly word: string }[] = [
  { view: "rules", word: "Rules" },
  { view: "json", word: "JSON" },
  { view: "split", word: "Split" },
];

/** Rules, JSON, or both of the same draft. Split needs room for both. */
export function ViewSwitch({ view, onChange }: ViewSwitchProps) {
  return (
    <fieldset className="flex gap-0.5 rounded-control border border-line-strong bg-tag-fill p-0.5">
      <legend className="sr-only">Show the profile as</legend>
      {VIEWS.map((each) => (
        <label
          key={each.view}
          className={`flex h-6 cursor-pointer items-center rounded-chip border border-transparent px-2.5 text-small font-[550] text-ink-2 has-checked:border-line-strong has-checked:bg-raised has-checked:text-ink has-checked:shadow-1 has-focus-visible:outline-2 has-focus-visible:outline-focus coarse:h-9 ${each.view === "split" ? "max-lg:hidden" : ""}`}
        >
          <input
            type="radio"
            name="editor-view"
            className="sr-only"
            checked={view === each.view}
            onChange={() => onChange(each.view)}
          />
          {each.word}
        </label>
      ))}
    </fieldset>
  );
}
