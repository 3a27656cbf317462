import { Command, CommanderError, Option } from "commander";
import { type MatchedCommand, matchCommand } from "#cli/argv/match-command.ts";
import { type OptionName, type OptionSpec, optionTable } from "#cli/argv/option-table.ts";
import { UsageError } from "#cli/argv/usage-error.ts";
import type { CommandOptions, Invocation } from "#cli/command.ts";

export type ParsedArgv =
  | { readonly kind: "run"; readonly command: MatchedCommand["spec"]; readonly invocation: Invocation }
  | { readonly kind: "help"; readonly words: readonly string[] }
  | { readonly kind: "version" };

/**
 * Takes a command line apart in two steps: options from words, wherever they stand, then the command from the words.
 * Throws UsageError for anything that is no command.
 */
export function parseArgv(argv: readonly string[]): ParsedArgv {
  const { words, options } = splitArgv(argv);
  if (options.help === true || words[0] === "help") {
    return { kind: "help", words: words[0] === "help" ? words.slice(1) : words };
  }
  if (options.version === true) return { kind: "version" };
  const { spec, words: named } = matchCommand(words);
  const allowed = new Set<string>(spec.options);
  for (const name of Object.keys(options)) {
    if (allowed.has(name)) continue;
    throw new UsageError(`${flagOf(name)} does not belong to this command`, [spec.pattern]);
  }
  for (const name of spec.required ?? []) {
    if (options[name] === undefined) throw new UsageError(`${flagOf(name)} is missing`, [spec.pattern]);
  }
  return { kind: "run", command: spec, invocation: { words: named, options } };
}

function splitArgv(argv: readonly string[]): { readonly words: readonly string[]; readonly options: CommandOptions } {
  const parser = new Command("calicoctl")
    .exitOverride()
    .configureOutput({ writeOut: () => {}, writeErr: () => {} })
    .helpOption(false)
    .argument("[words...]")
    .option("-h, --help")
    .option("--version")
    .action(() => {});
  for (const [name, spec] of Object.entries<OptionSpec>(optionTable)) {
    const option = new Option(spec.flags);
    if (spec.isRepeated) option.argParser(gather);
    else option.argParser(once(spec.flags));
    // commander reads `--no-x` as the negation of `x`; here it is a plain flag.
    if (name === "noCheck") option.negate = false;
    parser.addOption(option);
  }
  try {
    parser.parse(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    throw new UsageError(error.message.replace(/^error: /, ""));
  }
  return { words: parser.args, options: parser.opts() };
}

function once(flags: string) {
  return (value: string, previous: unknown): string => {
    if (previous !== undefined) throw new UsageError(`${flags.split(" ")[0]} is given twice`);
    return value;
  };
}

function gather(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}

function flagOf(name: string): string {
  const spec = optionTable[name as OptionName];
  return spec === undefined ? `--${name}` : (spec.flags.split(" ")[0] ?? name);
}
