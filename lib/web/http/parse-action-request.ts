import "server-only";
import * as z from "zod/mini";
import { parseProfileEdit } from "#policy/edit/parse-profile-edit.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { Issue, IssueFact } from "#policy/issue.ts";
import { type ProfileId, parseProfileId } from "#policy/profile-id.ts";
import { err, ok, type Result } from "#prelude/result.ts";
import type { ActionFailure } from "#web/actions/answers.ts";

/** Most edits one save may hold: a draft is a person's work, not a bulk load. */
const MAX_EDITS = 5_000;

export const versionSchema = z.object({ tags: z.int().check(z.minimum(0)), rules: z.int().check(z.minimum(0)) });
/** With the revision of what is beside the rules, for a person who saw it. */
export const seenVersionSchema = z.extend(versionSchema, { sidecar: z.optional(z.int().check(z.minimum(0))) });
export const requestIdSchema = z.string().check(z.regex(/^[A-Za-z0-9-]{8,64}$/));

/** Accepts what matches the schema; the paths of what does not come as issues. */
export function parseWith<S extends z.ZodMiniType>(schema: S, input: unknown): Result<z.output<S>, ActionFailure> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return ok(parsed.data);
  return invalid(
    parsed.error.issues.map((issue) => ({
      kind: "wrong-type",
      found: issue.code,
      expected: issue.message,
      path: issue.path.map((part) => (typeof part === "symbol" ? String(part) : part)),
    })),
  );
}

/** Accepts a profile id of a request. */
export function parseRequestedId(input: unknown): Result<ProfileId, ActionFailure> {
  const id = parseProfileId(input);
  return id.ok ? id : invalid([{ ...id.error, path: ["profileId"] }]);
}

/** Accepts the edits of a save, all of them or none. */
export function parseEdits(input: readonly unknown[]): Result<readonly ProfileEdit[], ActionFailure> {
  if (input.length > MAX_EDITS) {
    const tooMany: IssueFact = { kind: "wrong-type", found: `${input.length} edits`, expected: `at most ${MAX_EDITS}` };
    return invalid([{ ...tooMany, path: ["edits"] }]);
  }
  const edits: ProfileEdit[] = [];
  const issues: Issue[] = [];
  for (const [index, each] of input.entries()) {
    const edit = parseProfileEdit(each);
    if (edit.ok) edits.push(edit.value);
    else issues.push(...edit.error.map((issue) => ({ ...issue, path: ["edits", index, ...issue.path] })));
  }
  return issues.length === 0 ? ok(edits) : invalid(issues);
}

/** The answer to a request that is not one of ours. */
export function invalid(issues: readonly Issue[]): Result<never, ActionFailure> {
  return err({ kind: "invalid-request", issues });
}
