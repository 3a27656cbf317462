"use server";

import * as z from "zod/mini";
import { changeIntent } from "#operations/change-intent.ts";
import { parseIntentId } from "#policy/intent/intent.ts";
import { parseIntent } from "#policy/intent/intent-value.ts";
import { ok } from "#prelude/result.ts";
import { invalid, parseWith, requestIdSchema } from "#web/http/parse-action-request.ts";
import { runAction } from "#web/http/run-action.ts";
import type { ChangeIntentAnswer } from "./answers.ts";

const requestSchema = z.object({
  id: z.string().check(z.maxLength(64)),
  base: z.int().check(z.minimum(0)),
  /** Absent removes it. */
  after: z.optional(z.unknown()),
  requestId: requestIdSchema,
});

/** Writes, replaces or removes an intent as the person saw it; one that was changed meanwhile answers `conflict`. */
export async function changeIntentAction(request: unknown): Promise<ChangeIntentAnswer> {
  return runAction(request, { parse: parseRequest, run: changeIntent });
}

function parseRequest(input: unknown) {
  const request = parseWith(requestSchema, input);
  if (!request.ok) return request;
  const { base, after, requestId } = request.value;
  const id = parseIntentId(request.value.id);
  if (id === undefined) {
    return invalid([{ kind: "wrong-type", found: request.value.id, expected: "an intent's id", path: ["id"] }]);
  }
  if (after === undefined) return ok({ id, base, requestId });
  const intent = parseIntent(after);
  if (!intent.ok) return invalid(intent.error.map((issue) => ({ ...issue, path: ["after", ...issue.path] })));
  return ok({ id, base, requestId, after: intent.value });
}
