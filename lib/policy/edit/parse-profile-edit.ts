import { parseEdit } from "#policy/edit/parse-edit.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { Issue } from "#policy/issue.ts";
import { parseStrictRule } from "#policy/parse-strict-rule.ts";
import type { Result } from "#prelude/result.ts";

/** Accepts an edit at our doors: a rule that comes alone must pass them like any other. Reports every issue. */
export function parseProfileEdit(value: unknown): Result<ProfileEdit, readonly Issue[]> {
  return parseEdit(value, parseStrictRule);
}
