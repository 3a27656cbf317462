import type { CliIo } from "#cli/ports/cli-io.ts";
import { runCalicoctl } from "#cli/run-calicoctl.ts";
import type { Deps } from "#operations/deps.ts";

export type Ran = { readonly exitCode: number; readonly stdout: string; readonly stderr: string };

export type World = {
  readonly deps: Deps;
  readonly stdin?: string;
  /** Path to text. */
  readonly files?: Readonly<Record<string, string>>;
  /** As on a terminal. */
  readonly isColoured?: boolean;
};

/** Runs a command line in this process, on any ports; what it prints is the answer. */
export async function runInMemory(
  argv: readonly string[],
  { deps, stdin = "", files = {}, isColoured = false }: World,
): Promise<Ran> {
  let stdout = "";
  let stderr = "";
  const io: CliIo = {
    writeOut: (text) => {
      stdout += text;
    },
    writeError: (text) => {
      stderr += text;
    },
    readInput: async (maxBytes) => (Buffer.byteLength(stdin) > maxBytes ? undefined : stdin),
    readFile: async (path) => {
      const text = files[path];
      if (text === undefined) throw Object.assign(new Error("ENOENT: no such file"), { code: "ENOENT" });
      return text;
    },
    user: "tester",
    isColoured,
    openDeps: async () => ({ deps, close: async () => {} }),
  };
  const exitCode = await runCalicoctl(argv, io);
  return { exitCode, stdout, stderr };
}

/** Splits a line at blanks, as a shell does with plain words. */
export function words(line: string): readonly string[] {
  return line.split(" ").filter((word) => word !== "");
}
