/** The inside of a JSON text without its quotes. */
export function unquoted(written: string): string {
  return written.replace(/^"|"$/g, "");
}

/** A plain word as a JSON text. */
export function quoted(text: string): string {
  return `"${text}"`;
}
