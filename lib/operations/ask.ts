import { type Answer, answer, answerDifference, type QuestionProblem } from "#analysis/question/answer.ts";
import type { Question, StateSource } from "#analysis/question/question.ts";
import type { Deps } from "#operations/deps.ts";
import { loadSnapshot } from "#operations/load-snapshot.ts";
import type { Issue } from "#policy/issue.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import { err, ok, type Result } from "#prelude/result.ts";
import { RevisionCompactedError, RevisionUnknownError } from "#store/policy-store.ts";

/** Why a state that a question names cannot be read. */
export type SourceProblem =
  | { readonly kind: "no-such-revision"; readonly detail: string }
  | { readonly kind: "bad-state"; readonly issues: readonly Issue[] };

/** Answers a question about what is stored now, or about the states it names. Reads, never writes. */
export async function ask(deps: Deps, question: Question): Promise<Result<Answer, QuestionProblem | SourceProblem>> {
  if (question.kind !== "difference") return answer(await loadSnapshot(deps), question);
  const before = await readSource(deps, question.before);
  if (!before.ok) return before;
  const after = await readSource(deps, question.after);
  return after.ok ? ok(answerDifference(before.value, after.value)) : after;
}

async function readSource(deps: Deps, source: StateSource): Promise<Result<Snapshot, SourceProblem>> {
  if (source.kind === "state") {
    const { entries, issues } = parseStateValue(source.state);
    return issues.length > 0 ? err({ kind: "bad-state", issues }) : ok(snapshotFromEntries(entries));
  }
  try {
    return ok(await loadSnapshot(deps, source.kind === "revision" ? source.revision : undefined));
  } catch (error) {
    if (!(error instanceof RevisionCompactedError || error instanceof RevisionUnknownError)) throw error;
    return err({ kind: "no-such-revision", detail: error.message });
  }
}
