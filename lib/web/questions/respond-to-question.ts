import type { QuestionProblem } from "#analysis/question/answer.ts";
import { describeQuestionProblem } from "#analysis/question/describe-question-problem.ts";
import { ask, type SourceProblem } from "#operations/ask.ts";
import type { Deps } from "#operations/deps.ts";
import { describeIssue } from "#policy/describe-issue.ts";
import { parseJsonText } from "#policy/json/parse-json-text.ts";
import { MAX_BODY_BYTES } from "#web/http/judge-request.ts";
import { parseQuestion } from "#web/questions/parse-question.ts";

/** A status and the JSON that goes with it. */
export type HttpAnswer = { readonly status: number; readonly body: unknown };

/** The body of a request as far as it is read, `undefined` when it is longer than the limit. */
export async function readBody(stream: ReadableStream<Uint8Array> | null): Promise<string | undefined> {
  const decoder = new TextDecoder();
  const reader = stream?.getReader();
  let [text, byteCount] = ["", 0];
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    byteCount += part.value.byteLength;
    if (byteCount > MAX_BODY_BYTES) {
      await reader?.cancel();
      return undefined;
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

/** Answers the text of a question; whatever it holds, the answer says what is wrong with it. */
export async function respondToQuestion(deps: Deps, text: string | undefined): Promise<HttpAnswer> {
  if (text === undefined) return refuse(413, "too-large", `a question has at most ${MAX_BODY_BYTES} bytes`);
  const json = parseJsonText(text);
  if (!json.ok) return refuse(400, "invalid-request", describeIssue({ ...json.error, path: [] }));
  const question = parseQuestion(json.value);
  if (!question.ok) return refuse(400, "invalid-request", question.error.join("; "));
  const answered = await ask(deps, question.value);
  if (answered.ok) return { status: 200, body: answered.value };
  return refuse(422, answered.error.kind, describe(answered.error));
}

function refuse(status: number, kind: string, detail: string): HttpAnswer {
  return { status, body: { kind, detail } };
}

function describe(problem: QuestionProblem | SourceProblem): string {
  switch (problem.kind) {
    case "no-such-revision":
      return problem.detail;
    case "bad-state":
      return "issues" in problem ? problem.issues.map((issue) => describeIssue(issue)).join("; ") : "";
    default:
      return describeQuestionProblem(problem);
  }
}
