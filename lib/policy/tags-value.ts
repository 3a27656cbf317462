import type { Issue } from "#policy/issue.ts";
import { parseJsonText } from "#policy/json/parse-json-text.ts";
import type { Leaf } from "#policy/profile.ts";
import { kindOfValue } from "#policy/rule-fields/json-object.ts";
import { parseTag, type Tag } from "#policy/tag.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/** Reads the text of a `.../tags` key; one bad tag voids the list (policy-model 1.3, 1.6). */
export function parseTagsValue(text: string): Leaf<readonly Tag[]> {
  const json = parseJsonText(text);
  const tags = json.ok ? parseTags(json.value) : err([{ ...json.error, path: [] }]);
  return tags.ok ? { kind: "valid", value: tags.value } : { kind: "invalid", text, issues: tags.error };
}

/** Writes the text of a `.../tags` key; keeps the order. */
export function formatTagsValue(tags: readonly Tag[]): string {
  return JSON.stringify(tags);
}

/** Accepts a list of tags; repeated ones are harmless and kept. Reports every issue. */
export function parseTags(value: unknown): Result<readonly Tag[], readonly Issue[]> {
  if (!Array.isArray(value)) {
    return err([{ kind: "wrong-type", found: kindOfValue(value), expected: "a list of tags", path: [] }]);
  }
  const tags: Tag[] = [];
  const issues: Issue[] = [];
  for (const [index, entry] of (value as readonly unknown[]).entries()) {
    const tag = parseTag(entry);
    if (tag.ok) tags.push(tag.value);
    else issues.push({ ...tag.error, path: [index] });
  }
  return issues.length === 0 ? ok(tags) : err(issues);
}
