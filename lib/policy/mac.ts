import type { IssueFact } from "#policy/issue.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/** Hex digits per group for each spelling in use: Unix and Windows, Cisco, PostgreSQL. */
const SPELLINGS: readonly { readonly pattern: RegExp; readonly groupDigits: number }[] = [
  { pattern: /^[0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5}$/, groupDigits: 2 },
  { pattern: /^[0-9a-f]{1,2}(?:-[0-9a-f]{1,2}){5}$/, groupDigits: 2 },
  { pattern: /^[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){2}$/, groupDigits: 4 },
  { pattern: /^[0-9a-f]{1,4}(?:-[0-9a-f]{1,4}){2}$/, groupDigits: 4 },
  { pattern: /^[0-9a-f]{1,4}(?:\.[0-9a-f]{1,4}){2}$/, groupDigits: 4 },
  { pattern: /^[0-9a-f]{5,6}[:-][0-9a-f]{5,6}$/, groupDigits: 6 },
  { pattern: /^[0-9a-f]{11,12}$/, groupDigits: 12 },
];

/** Accepts the usual spellings of a MAC address and returns lower case with colons. */
export function parseMac(input: unknown): Result<string, IssueFact> {
  if (typeof input !== "string") return err({ kind: "bad-mac", found: input === null ? "null" : typeof input });
  const text = input.toLowerCase();
  const spelling = SPELLINGS.find(({ pattern }) => pattern.test(text));
  if (spelling === undefined) return err({ kind: "bad-mac", found: input });
  const digits = text
    .split(/[:.-]/)
    .map((group) => group.padStart(spelling.groupDigits, "0"))
    .join("");
  return ok((digits.match(/../g) ?? []).join(":"));
}
