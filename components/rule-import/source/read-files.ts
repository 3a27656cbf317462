import type { RefusedFile } from "../import-state.ts";

/**
 * The largest import in bytes, over all its files: what etcd takes for one transaction is smaller, and the text has to
 * fit through the action, whose limit (6 MiB) counts every quote twice.
 */
export const MAX_IMPORT_BYTES = 5_000_000;

export type ReadFiles = {
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly refused: readonly RefusedFile[];
};

export type ReadOptions = {
  readonly signal: AbortSignal;
  /** Told as bytes arrive, over all files. */
  readonly onProgress: (readBytes: number, totalBytes: number) => void;
};

/** Reads files as text, in order; one that is too large is refused by its size alone, before a byte is read. */
export async function readFiles(chosen: readonly File[], options: ReadOptions): Promise<ReadFiles> {
  const fitting = chosen.filter(({ size }) => size <= MAX_IMPORT_BYTES);
  const refused = chosen
    .filter(({ size }) => size > MAX_IMPORT_BYTES)
    .map(
      ({ name, size }): RefusedFile => ({ reason: "too-large", name, foundBytes: size, maxBytes: MAX_IMPORT_BYTES }),
    );
  const totalBytes = fitting.reduce((sum, { size }) => sum + size, 0);
  let readBytes = 0;
  const files: { name: string; text: string }[] = [];
  for (const file of fitting) {
    const text = await readText(file, options.signal, (bytes) => {
      readBytes += bytes;
      options.onProgress(readBytes, totalBytes);
    });
    if (text === undefined) refused.push({ reason: "not-text", name: file.name });
    else files.push({ name: file.name, text });
  }
  return { files, refused };
}

/** The size of a text as etcd and the network would carry it. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** The text of a file; `undefined` for one that is not UTF-8. */
async function readText(
  file: File,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<string | undefined> {
  const reader = file.stream().getReader();
  // The mark some editors begin a file with stays: the parser counts columns with it, as those editors do.
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let text = "";
  try {
    for (;;) {
      signal.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      text += decoder.decode(value, { stream: true });
      onBytes(value.byteLength);
    }
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
