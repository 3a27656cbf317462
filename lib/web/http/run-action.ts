import "server-only";
import type { Author } from "#operations/deps.ts";
import { type IntentId, parseIntentId } from "#policy/intent/intent.ts";
import { err, type Result } from "#prelude/result.ts";
import { StoreUnavailableError } from "#store/policy-store.ts";
import type { ActionFailure } from "#web/actions/answers.ts";
import { type WebDeps, webDeps } from "#web/deps.ts";
import { requirePrincipal } from "./require-principal.ts";

type ActionSteps<Request, Value, Refusal> = {
  readonly parse: (input: unknown) => Result<Request, ActionFailure>;
  readonly run: (deps: WebDeps["deps"], author: Author, request: Request) => Promise<Result<Value, Refusal>>;
};

/** The frame of every action: who asks, what is asked, do it; a store that is away is an answer, a bug throws (I9). */
export async function runAction<Request, Value, Refusal>(
  input: unknown,
  { parse, run }: ActionSteps<Request, Value, Refusal>,
): Promise<Result<Value, Refusal | ActionFailure>> {
  const author = { ...(await requirePrincipal()), acknowledgedIntents: acknowledgedIn(input) };
  const request = parse(input);
  if (!request.ok) return request;
  try {
    return await run(webDeps().deps, author, request.value);
  } catch (cause) {
    if (cause instanceof StoreUnavailableError) return err({ kind: "unavailable", detail: cause.message });
    throw cause;
  }
}

/** Any request may name the intents that the person has seen it break. What is no list of ids names none. */
function acknowledgedIn(input: unknown): readonly IntentId[] {
  if (typeof input !== "object" || input === null || !("acknowledgedIntents" in input)) return [];
  const { acknowledgedIntents: ids } = input;
  if (!Array.isArray(ids)) return [];
  return (ids as readonly unknown[]).flatMap((id) => (typeof id === "string" ? (parseIntentId(id) ?? []) : []));
}
