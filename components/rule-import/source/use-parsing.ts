import { type Dispatch, useEffect, useRef } from "react";
import type { ImportAction, ImportFile, ParsedSource } from "../import-state.ts";

/** A pause in typing this long starts the parser. */
const TYPING_PAUSE_MS = 150;

/** Parses every file that waits for it, each text once; a newer text or a removed file cancels the older run. */
export function useParsing(files: readonly ImportFile[], dispatch: Dispatch<ImportAction>): void {
  const runs = useRef(new Map<number, { readonly text: string; readonly cancel: () => void }>());
  useEffect(() => {
    const waiting = new Map(files.filter(({ parse }) => parse.kind === "parsing").map((file) => [file.key, file]));
    for (const [key, run] of runs.current) {
      if (waiting.get(key)?.text === run.text) continue;
      run.cancel();
      runs.current.delete(key);
    }
    for (const { key, text } of waiting.values()) {
      if (runs.current.has(key)) continue;
      runs.current.set(key, {
        text,
        cancel: startRun(text, (result) => dispatch({ kind: "parsed", key, text, result })),
      });
    }
  }, [files, dispatch]);
}

function startRun(text: string, onResult: (result: ParsedSource) => void): () => void {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    import("./parse-source.ts")
      .then(({ parseSource }) => parseSource(text, controller.signal))
      .then(onResult, (error: unknown) => {
        if (!controller.signal.aborted) throw error;
      });
  }, TYPING_PAUSE_MS);
  return () => {
    clearTimeout(timer);
    controller.abort();
  };
}
