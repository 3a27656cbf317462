import type { NewlyBroken } from "#analysis/intents/broken-intents.ts";
import type { CommandSpec } from "#cli/argv/command-table.ts";
import { helpText, usageText } from "#cli/argv/help-text.ts";
import { parseArgv } from "#cli/argv/parse-argv.ts";
import { UsageError } from "#cli/argv/usage-error.ts";
import type { Invocation } from "#cli/command.ts";
import { type CommandResult, done, refused } from "#cli/command-result.ts";
import { describeFailure } from "#cli/describe-failure.ts";
import { type ExitCode, exitCode } from "#cli/exit-code.ts";
import type { CliIo } from "#cli/ports/cli-io.ts";
import { openDepsOnce } from "#cli/ports/open-deps-once.ts";
import { version } from "#cli/version.ts";
import type { Deps } from "#operations/deps.ts";

/** Runs one command line to its end and answers the exit code; prints through `io` and nothing else. */
export async function runCalicoctl(argv: readonly string[], io: CliIo): Promise<ExitCode> {
  const { result, isJson } = await resultOf(argv, io);
  for (const message of result.messages) io.writeError(`${message}\n`);
  io.writeOut(isJson ? `${JSON.stringify(result.json, undefined, 2)}\n` : result.text);
  return result.exitCode;
}

type Answer = { readonly result: CommandResult; readonly isJson: boolean };

async function resultOf(argv: readonly string[], io: CliIo): Promise<Answer> {
  // What could not be parsed still says whether a program or a person reads the answer.
  let isJson = argv.includes("--json");
  try {
    const parsed = parseArgv(argv);
    if (parsed.kind === "version") return { result: done(`calicoctl ${version}\n`, { version }), isJson };
    if (parsed.kind === "help") {
      const help = helpText(parsed.words);
      return { result: done(help, { help }), isJson };
    }
    isJson = parsed.invocation.options.json === true;
    return { result: await runCommand(parsed.command, parsed.invocation, io), isJson };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { result: usageResult(error), isJson };
  }
}

async function runCommand(spec: CommandSpec, invocation: Invocation, io: CliIo): Promise<CommandResult> {
  const { options } = invocation;
  const opened = openDepsOnce(io, text(options.state));
  const author = {
    who: text(options.as) ?? io.user,
    ...(options.note === undefined ? {} : { note: text(options.note) ?? "" }),
  };
  try {
    const run = await spec.load();
    const deps = async (): Promise<Deps> => ({
      ...(await opened.deps()),
      tellBrokenIntents: (broken) => tellBroken(io, broken),
    });
    return await run(invocation, { io, author, deps });
  } catch (error) {
    if (error instanceof UsageError) {
      throw error.usage.length > 0 ? error : new UsageError(error.message, [spec.pattern]);
    }
    const failure = describeFailure(error);
    if (failure === undefined) throw error;
    return refused({ kind: failure.kind }, [failure.message], failure.exitCode);
  } finally {
    await opened.close();
  }
}

/** A command does not ask back: what it broke is said after it was done. */
async function tellBroken(io: CliIo, broken: readonly NewlyBroken[]): Promise<void> {
  const { describeBrokenIntents } = await import("#analysis/intents/describe-intent.ts");
  for (const line of describeBrokenIntents(broken)) io.writeError(`Written, and this breaks an intent: ${line}\n`);
}

function usageResult(error: UsageError): CommandResult {
  return refused({ kind: "usage" }, [`calicoctl: ${error.message}`, usageText(error.usage)], exitCode.usage);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
