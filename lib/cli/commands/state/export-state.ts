import type { RunCommand } from "#cli/command.ts";
import { done } from "#cli/command-result.ts";
import { exportState } from "#operations/export-state.ts";

/** `export`: the state file on standard output, with and without --json. */
export const exportStateCommand: RunCommand = async (_invocation, { deps }) => {
  const text = await exportState(await deps());
  return done(text, JSON.parse(text));
};
