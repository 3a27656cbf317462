import type { CommandResult } from "#cli/command-result.ts";
import type { CliIo } from "#cli/ports/cli-io.ts";
import type { Author, Deps } from "#operations/deps.ts";

/** The options as typed; absent when not typed. `ip` and `profile` may be repeated. */
export type CommandOptions = {
  readonly [name: string]: string | readonly string[] | boolean | undefined;
};

/** A command line taken apart. `words` holds what stands for each `<NAME>` of the command's pattern. */
export type Invocation = {
  readonly words: Readonly<Record<string, readonly string[]>>;
  readonly options: CommandOptions;
};

/** What a command may use. `deps` connects at the first call, to etcd or to the state file of `--state`. */
export type CommandContext = {
  readonly io: CliIo;
  readonly author: Author;
  readonly deps: () => Promise<Deps>;
};

/** One leaf of the command line. */
export type RunCommand = (invocation: Invocation, context: CommandContext) => Promise<CommandResult>;
