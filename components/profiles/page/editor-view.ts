import { useUrlState } from "#components/url/use-url-state.ts";

/** What of a profile is on screen: its lists with the inspector, its JSON alone, or both side by side. */
export type EditorView = "rules" | "json" | "split";

const VIEW_PARAM = "view";

/** The view of the editor; it stands in the address. */
export function useEditorView(): readonly [EditorView, (view: EditorView) => void] {
  const { params, change } = useUrlState();
  const asked = params.get(VIEW_PARAM);
  const view = asked === "json" || asked === "split" ? asked : "rules";
  return [view, (next) => change({ [VIEW_PARAM]: next === "rules" ? undefined : next })];
}
