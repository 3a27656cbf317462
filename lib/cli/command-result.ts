import { type ExitCode, exitCode } from "#cli/exit-code.ts";

/** What a command answers; run-calicoctl.ts alone prints it, as text or as one JSON document. */
export type CommandResult = {
  readonly exitCode: ExitCode;
  /** For people, on standard output; ends with a line break unless empty. */
  readonly text: string;
  /** The same facts for `--json`. */
  readonly json: unknown;
  /** Warnings and reasons, on standard error, one line each. */
  readonly messages: readonly string[];
};

/** A command that did what was asked. */
export function done(text: string, json: unknown, messages: readonly string[] = []): CommandResult {
  return { exitCode: exitCode.done, text, json, messages };
}

/** A command that changed nothing: the messages say why, `fact` says it to programs. */
export function refused(
  fact: { readonly kind: string },
  messages: readonly string[],
  code: ExitCode = exitCode.refused,
): CommandResult {
  return { exitCode: code, text: "", json: { error: { ...fact, message: messages.join("\n") } }, messages };
}
