/** A file or standard input that cannot be used; the message names it. */
export class InputRefusedError extends Error {
  override readonly name = "InputRefusedError";
  readonly kind: "file-unreadable" | "input-refused";

  constructor(kind: "file-unreadable" | "input-refused", message: string) {
    super(message);
    this.kind = kind;
  }
}
