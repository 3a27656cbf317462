import type { Writable } from "node:stream";

// What one write to a pipe or local socket takes whole or not at all (PIPE_BUF).
const MAX_WRITE = 4096;

/**
 * Writes a text in pieces that end where a line ends, each taken whole by the kernel. Who kills the writer can cut a text
 * between two lines but never inside one: `add SET 10.0.0.12` would be a valid half of `add SET 10.0.0.123`. A reader that
 * went away is no error here; its end says why.
 */
export async function writeLines(stream: Writable, text: string): Promise<void> {
  for (const piece of linePieces(text)) {
    const isWritten = await new Promise<boolean>((resolve) => stream.write(piece, (error) => resolve(!error)));
    if (!isWritten) return;
  }
}

/** Cuts a text behind line ends into pieces of at most 4096 characters; a longer line is a piece of its own. */
export function* linePieces(text: string): Generator<string> {
  let start = 0;
  while (start < text.length) {
    const within = text.lastIndexOf("\n", start + MAX_WRITE - 1) + 1;
    const next = within > start ? within : text.indexOf("\n", start) + 1;
    const end = text.length - start <= MAX_WRITE || next === 0 ? text.length : next;
    yield text.slice(start, end);
    start = end;
  }
}
