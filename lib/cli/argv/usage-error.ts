/** The command line itself is wrong; `usage` holds the forms that would have been right. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly usage: readonly string[];

  constructor(message: string, usage: readonly string[] = []) {
    super(message);
    this.usage = usage;
  }
}
