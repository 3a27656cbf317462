import type { IssueFact } from "#policy/issue.ts";
import { isName } from "#policy/name.ts";
import { kindOfValue } from "#policy/rule-fields/json-object.ts";
import type { Brand } from "#prelude/brand.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/** A profile's id. `.` and `..` are legal ids: encode it before it becomes a URL segment or a file name. */
export type ProfileId = Brand<string, "ProfileId">;

/** Accepts one profile id. */
export function parseProfileId(input: unknown): Result<ProfileId, IssueFact> {
  if (typeof input !== "string")
    return err({ kind: "wrong-type", found: kindOfValue(input), expected: "a profile id" });
  return isName(input) ? ok(input as ProfileId) : err({ kind: "bad-name", what: "profile id", found: input });
}
