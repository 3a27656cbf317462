import { type RefObject, useRef } from "react";
import type { JsonEditorHandle } from "./json-editor.tsx";
import { applyFixes } from "./propose-fix.ts";
import type { SourceFix } from "./source-fix.ts";

type Mending = {
  readonly text: string;
  readonly knownTags: ReadonlySet<string>;
  readonly editor: RefObject<JsonEditorHandle | null>;
  /** Takes the text where no editor is there to change it. */
  readonly onText: (text: string) => void;
};

/** One fix, or all that are certain: through the editor, so that its undo knows them. */
export function useMending({ text, knownTags, editor, onText }: Mending) {
  const running = useRef<AbortController>(null);
  const mend = (fixes: readonly SourceFix[]) => {
    if (editor.current === null) onText(applyFixes(text, fixes));
    else editor.current.mend(fixes);
  };
  const mendAll = async () => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const { mendLater } = await import("../source/parse-source.ts");
    const mended = await mendLater(text, knownTags, controller.signal);
    if (!controller.signal.aborted) onText(mended);
  };
  return { mend, mendAll };
}
