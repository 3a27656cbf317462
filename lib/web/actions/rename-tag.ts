"use server";

import * as z from "zod/mini";
import { renameTag } from "#operations/rename-tag.ts";
import { parseTag, type Tag } from "#policy/tag.ts";
import { ok, type Result } from "#prelude/result.ts";
import { invalid, parseWith, requestIdSchema } from "#web/http/parse-action-request.ts";
import { runAction } from "#web/http/run-action.ts";
import type { ActionFailure } from "./answers.ts";
import type { RenameTagAnswer } from "./rename-answer.ts";

const requestSchema = z.object({ from: z.string(), to: z.string(), requestId: requestIdSchema });

/** Renames a tag in every holder and every rule in one transaction. */
export async function renameTagAction(request: unknown): Promise<RenameTagAnswer> {
  return runAction(request, { parse: parseRequest, run: renameTag });
}

function parseRequest(input: unknown) {
  const request = parseWith(requestSchema, input);
  if (!request.ok) return request;
  const from = readTag(request.value.from, "from");
  if (!from.ok) return from;
  const to = readTag(request.value.to, "to");
  return to.ok ? ok({ from: from.value, to: to.value, requestId: request.value.requestId }) : to;
}

function readTag(text: string, field: string): Result<Tag, ActionFailure> {
  const tag = parseTag(text);
  return tag.ok ? tag : invalid([{ ...tag.error, path: [field] }]);
}
