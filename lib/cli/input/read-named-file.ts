import { InputRefusedError } from "#cli/input/input-refused-error.ts";
import type { CliIo } from "#cli/ports/cli-io.ts";

const MAX_BYTES = 256 * 1024 * 1024;

/** A file as text, or standard input for `-`; a file that cannot be read is a refusal that names it. */
export async function readNamedFile(io: CliIo, path: string): Promise<string> {
  if (path === "-") {
    const text = await io.readInput(MAX_BYTES);
    if (text === undefined) throw new InputRefusedError("input-refused", `<stdin>: more than ${MAX_BYTES} bytes`);
    return text;
  }
  try {
    return await io.readFile(path);
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    throw new InputRefusedError("file-unreadable", `${path}: ${error.message}`);
  }
}
