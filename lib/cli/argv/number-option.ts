import { UsageError } from "#cli/argv/usage-error.ts";

/** A whole number as an option's value, of any size and sign; whether it fits is judged where it is used. */
export function numberOption(flag: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "string" && /^[+-]?\d{1,15}$/.test(value)) return Number(value);
  throw new UsageError(`${flag} takes a whole number, not "${String(value)}"`);
}
