import { type Dispatch, useCallback, useRef, useState } from "react";
import type { ImportAction } from "../import-state.ts";

type ReadFiles = typeof import("./read-files.ts").readFiles;

export type Reading = {
  /** Absent while nothing is read. */
  readonly progress: { readonly readBytes: number; readonly totalBytes: number } | undefined;
  readonly read: (files: readonly File[]) => void;
  readonly cancel: () => void;
};

/** Reads chosen or dropped files into the import, with progress; starting anew or `cancel` ends the earlier read. */
export function useReading(dispatch: Dispatch<ImportAction>): Reading {
  const [progress, setProgress] = useState<Reading["progress"]>();
  const running = useRef<AbortController>(null);

  const cancel = useCallback(() => {
    running.current?.abort();
    running.current = null;
    setProgress(undefined);
  }, []);

  const read = useCallback(
    (files: readonly File[]) => {
      cancel();
      const controller = new AbortController();
      running.current = controller;
      const onProgress = (readBytes: number, totalBytes: number) => {
        if (!controller.signal.aborted) setProgress({ readBytes, totalBytes });
      };
      readLater(files, { signal: controller.signal, onProgress }).then(
        (result) => {
          setProgress(undefined);
          dispatch({ kind: "refused", files: result.refused });
          dispatch({ kind: "added", files: result.files });
        },
        (error: unknown) => {
          if (!controller.signal.aborted) throw error;
        },
      );
    },
    [cancel, dispatch],
  );

  return { progress, read, cancel };
}

/** What reads files is loaded with the first one: every page of the board can be dropped on, few ever are. */
async function readLater(...args: Parameters<ReadFiles>): ReturnType<ReadFiles> {
  const { readFiles } = await import("./read-files.ts");
  return readFiles(...args);
}
