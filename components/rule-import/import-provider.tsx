"use client";

import dynamic from "next/dynamic";
import { createContext, type ReactNode, use, useCallback, useEffect, useReducer, useRef, useState } from "react";
import type { ProfileId } from "#policy/profile-id.ts";
import { EMPTY_IMPORT, importReducer } from "./import-state.ts";
import { useParsing } from "./source/use-parsing.ts";
import { useReading } from "./source/use-reading.ts";

// The dialog and its editor weigh more than the page that opens it; they come when they are asked for.
const ImportDialog = dynamic(() => import("./import-dialog.tsx").then((module) => module.ImportDialog), { ssr: false });

const OpenImportContext = createContext<(openedFor?: ProfileId) => void>(() => undefined);

/** Opens the import dialog, for one profile or for whatever the file names. */
export function useOpenImport(): (openedFor?: ProfileId) => void {
  return use(OpenImportContext);
}

/** Holds what was entered into the import dialog, so that closing it with Esc loses nothing. */
export function ImportProvider({ children }: { readonly children: ReactNode }) {
  const [state, dispatch] = useReducer(importReducer, EMPTY_IMPORT);
  const [opening, setOpening] = useState<"never" | "closed" | "open">("never");
  const opener = useRef<Element | null>(null);
  useParsing(state.files, dispatch);
  const reading = useReading(dispatch);

  const open = useCallback((openedFor?: ProfileId) => {
    opener.current = document.activeElement;
    dispatch(openedFor === undefined ? { kind: "opened" } : { kind: "opened", openedFor });
    setOpening("open");
  }, []);

  const { read } = reading;
  useDroppedFiles(
    useCallback(
      (files) => {
        open();
        read(files);
      },
      [open, read],
    ),
  );

  return (
    <OpenImportContext value={open}>
      {children}
      {opening === "never" ? null : (
        <ImportDialog
          isOpen={opening === "open"}
          onClose={() => setOpening("closed")}
          opener={opener}
          {...{ state, dispatch, reading }}
        />
      )}
    </OpenImportContext>
  );
}

/** A file dropped anywhere on the page opens the dialog; without this the browser would leave the page for the file. */
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
