export type RefusedInput = "file-unreadable" | "input-refused" | "bad-environment";

/** A file, standard input or the environment that cannot be used; the message names it. */
export class InputRefusedError extends Error {
  override readonly name = "InputRefusedError";
  readonly kind: RefusedInput;

  constructor(kind: RefusedInput, message: string) {
    super(message);
    this.kind = kind;
  }
}
