import type { ScopedEdit } from "#analysis/impact/scoped-edit.ts";
import type { Question } from "#analysis/question/question.ts";
import { describeIssue } from "#policy/describe-issue.ts";
import { parseProfileEdit } from "#policy/edit/parse-profile-edit.ts";
import type { Issue } from "#policy/issue.ts";
import { type ProfileId, parseProfileId } from "#policy/profile-id.ts";
import { err, ok, type Result } from "#prelude/result.ts";
import { questionSchema } from "#web/questions/question-schema.ts";

/** Accepts a question from outside; every reason against it, in words and with its place. */
export function parseQuestion(value: unknown): Result<Question, readonly string[]> {
  const parsed = questionSchema.safeParse(value);
  if (!parsed.success) {
    return err(
      parsed.error.issues.map(({ path, message }) => `${path.length === 0 ? "" : `${path.join(".")}: `}${message}`),
    );
  }
  const question = parsed.data;
  if (question.kind === "findings") {
    const ids = all((question.profiles ?? []).map((id, index) => parseId(id, ["profiles", index])));
    if (!ids.ok) return ids;
    return ok({ kind: "findings", ...(question.profiles === undefined ? {} : { profiles: ids.value }) });
  }
  if (question.kind !== "what-if") return ok(question);
  const edits = all(question.edits.map((each, index) => parseScopedEdit(each, index)));
  return edits.ok ? ok({ kind: "what-if", edits: edits.value }) : edits;
}

type Parsed<T> = Result<T, readonly string[]>;

function parseScopedEdit(
  value: { readonly profile: string; readonly edit: unknown },
  index: number,
): Parsed<ScopedEdit> {
  const profile = parseId(value.profile, ["edits", index, "profile"]);
  const edit = parseProfileEdit(value.edit);
  if (!profile.ok) return profile;
  if (edit.ok) return ok({ profile: profile.value, edit: edit.value });
  return err(edit.error.map((issue) => at(issue, ["edits", index, "edit", ...issue.path])));
}

function parseId(text: string, path: Issue["path"]): Parsed<ProfileId> {
  const id = parseProfileId(text);
  return id.ok ? id : err([at(id.error, path)]);
}

function at(issue: Parameters<typeof describeIssue>[0], path: Issue["path"]): string {
  return describeIssue({ ...issue, path });
}

/** All values, or the reasons against any of them. */
function all<T>(results: readonly Parsed<T>[]): Parsed<readonly T[]> {
  const reasons = results.flatMap((each) => (each.ok ? [] : each.error));
  return reasons.length > 0 ? err(reasons) : ok(results.flatMap((each) => (each.ok ? [each.value] : [])));
}
