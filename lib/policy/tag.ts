import type { IssueFact } from "#policy/issue.ts";
import { isName } from "#policy/name.ts";
import { kindOfValue } from "#policy/rule-fields/json-object.ts";
import type { Brand } from "#prelude/brand.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/** A name that stands for a group of endpoints. A separate name space from profile ids (policy-model 1.4). */
export type Tag = Brand<string, "Tag">;

/** Accepts one tag name. */
export function parseTag(input: unknown): Result<Tag, IssueFact> {
  if (typeof input !== "string") return err({ kind: "wrong-type", found: kindOfValue(input), expected: "a tag name" });
  return isName(input) ? ok(input as Tag) : err({ kind: "bad-name", what: "tag", found: input });
}
