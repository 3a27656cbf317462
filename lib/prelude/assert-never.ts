/** Ends an exhaustive switch: a case added to a union and forgotten here does not compile. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
