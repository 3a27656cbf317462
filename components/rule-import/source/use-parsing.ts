import { type Dispatch, useEffect, useRef } from "react";
import type { ImportAction, ImportFile, ParsedSource } from "../import-state.ts";
import { parseSource } from "./parse-source.ts";

/** A pause in typing this long starts the parser. */
const TYPING_PAUSE_MS = 150;

type Parsing = {
  readonly files: readonly ImportFile[];
  readonly knownTags: ReadonlySet<string>;
  readonly dispatch: Dispatch<ImportAction>;
};

/** Parses every file that waits for it, each text once; a newer text or a removed file cancels the older run. */
export function useParsing({ files, knownTags, dispatch }: Parsing): void {
  const runs = useRef(new Map<number, { readonly text: string; readonly cancel: () => void }>());
  const tags = useRef(knownTags);
  useEffect(() => {
    tags.current = knownTags;
  });
  useEffect(() => {
    const waiting = new Map(files.filter(({ parse }) => parse.kind === "parsing").map((file) => [file.key, file]));
    for (const [key, run] of runs.current) {
      if (waiting.get(key)?.text === run.text) continue;
      run.cancel();
      runs.current.delete(key);
    }
    for (const { key, text } of waiting.values()) {
      if (runs.current.has(key)) continue;
      const onResult = (result: ParsedSource) => dispatch({ kind: "parsed", key, text, result });
      runs.current.set(key, { text, cancel: startRun(text, () => tags.current, onResult) });
    }
  }, [files, dispatch]);
}

function startRun(
  text: string,
  knownTags: () => ReadonlySet<string>,
  onResult: (result: ParsedSource) => void,
): () => void {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    parseSource(text, knownTags(), controller.signal).then(onResult, (error: unknown) => {
      if (!controller.signal.aborted) throw error;
    });
  }, TYPING_PAUSE_MS);
  return () => {
    clearTimeout(timer);
    controller.abort();
  };
}
