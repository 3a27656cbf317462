import type { CliIo } from "#cli/ports/cli-io.ts";
import type { Deps } from "#operations/deps.ts";

/** Connects at the first use, to etcd or to the state file that stands in for it; close ends what was opened. */
export function openDepsOnce(
  io: CliIo,
  stateFile: string | undefined,
): { readonly deps: () => Promise<Deps>; close(): Promise<void> } {
  let opening: Promise<{ readonly deps: Deps; close(): Promise<void> }> | undefined;
  return {
    deps: async () => {
      opening ??= stateFile === undefined ? io.openDeps() : openStateFile(io, stateFile);
      return (await opening).deps;
    },
    close: async () => {
      // A connection that failed to open has told the command already.
      const opened = await opening?.catch(() => undefined);
      await opened?.close();
    },
  };
}

async function openStateFile(io: CliIo, path: string) {
  const { stateFileDeps } = await import("#cli/ports/state-file-deps.ts");
  return stateFileDeps(io, path);
}
