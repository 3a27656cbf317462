import type { Deps } from "#operations/deps.ts";

/** Everything the command line touches outside itself; main.ts gives the real one, tests a fake. */
export interface CliIo {
  writeOut(text: string): void;
  writeError(text: string): void;
  /** Standard input as text; `undefined` when it holds more than `maxBytes`. */
  readInput(maxBytes: number): Promise<string | undefined>;
  /** A file as text; throws the system's error. */
  readFile(path: string): Promise<string>;
  /** The operating system's user, for the journal. */
  readonly user: string;
  /** True on a terminal without NO_COLOR. */
  readonly isColoured: boolean;
  /** Opens the etcd of the environment; the returned close ends every connection. */
  openDeps(): Promise<{ readonly deps: Deps; close(): Promise<void> }>;
}
