"use client";

import { useRouter } from "next/navigation";
import {
  createContext,
  type Dispatch,
  lazy,
  type ReactNode,
  Suspense,
  use,
  useCallback,
  useEffect,
  useMemo,
  useReducer,
} from "react";
import { EMPTY_IMPORT, type ImportAction, type ImportState, importReducer } from "./import-state.ts";
import { type Reading, useReading } from "./source/use-reading.ts";

const Parsing = lazy(() => import("./source/parsing.tsx").then((module) => ({ default: module.Parsing })));

/** What was entered into the import dialog, and how to change it. */
export type ImportEntry = {
  readonly state: ImportState;
  readonly dispatch: Dispatch<ImportAction>;
  readonly reading: Reading;
};

const ImportContext = createContext<ImportEntry | undefined>(undefined);

/** The import under way in this tab. */
export function useImportEntry(): ImportEntry {
  const entry = use(ImportContext);
  if (entry === undefined) throw new Error("the import dialog stands outside its provider");
  return entry;
}

/** Holds what was entered for as long as the tab stays on the board, so that closing the dialog loses nothing. */
export function ImportProvider({ children }: { readonly children: ReactNode }) {
  const [state, dispatch] = useReducer(importReducer, EMPTY_IMPORT);
  const router = useRouter();
  const reading = useReading(dispatch);
  const { read } = reading;
  useDroppedFiles(
    useCallback(
      (files) => {
        read(files);
        router.push("/import");
      },
      [read, router],
    ),
  );
  const entry = useMemo(() => ({ state, dispatch, reading }), [state, reading]);
  return (
    <ImportContext value={entry}>
      {children}
      {state.files.length > 0 ? (
        <Suspense fallback={null}>
          <Parsing state={state} dispatch={dispatch} />
        </Suspense>
      ) : null}
    </ImportContext>
  );
}

/** A file dropped anywhere on the page is imported; without this the browser would leave the page for the file. */
function useDroppedFiles(onFiles: (files: readonly File[]) => void): void {
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const over = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event) || event.defaultPrevented) return;
      event.preventDefault();
      onFiles([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener("dragover", over);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragover", over);
      window.removeEventListener("drop", drop);
    };
  }, [onFiles]);
}
