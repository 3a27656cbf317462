import type { Issue, IssueFact } from "#policy/issue.ts";
import type { JsonObject } from "#policy/rule-fields/json-object.ts";

/** Judges the value of one field that is present; the paths of its issues begin at the value. */
export type FieldCheck = (value: unknown, rule: JsonObject, field: string) => readonly Issue[];

/** Shared, because nearly every check of nearly every rule ends here. */
export const NO_ISSUES: readonly Issue[] = [];

/** One issue about the whole value. */
export function oneIssue(fact: IssueFact): readonly Issue[] {
  return [{ ...fact, path: [] }];
}
