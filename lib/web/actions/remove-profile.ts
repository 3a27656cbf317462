"use server";

import * as z from "zod/mini";
import { removeProfile } from "#operations/remove-profile.ts";
import { ok } from "#prelude/result.ts";
import { parseRequestedId, parseWith, requestIdSchema, versionSchema } from "#web/http/parse-action-request.ts";
import { runAction } from "#web/http/run-action.ts";
import type { RemoveProfileAnswer } from "./answers.ts";

const requestSchema = z.object({
  profileId: z.string(),
  base: versionSchema,
  evenInUse: z.boolean(),
  requestId: requestIdSchema,
});

/** Removes a profile as the person saw it; refuses while endpoints name it, unless that was confirmed. */
export async function removeProfileAction(request: unknown): Promise<RemoveProfileAnswer> {
  return runAction(request, { parse: parseRequest, run: removeProfile });
}

function parseRequest(input: unknown) {
  const request = parseWith(requestSchema, input);
  if (!request.ok) return request;
  const profileId = parseRequestedId(request.value.profileId);
  if (!profileId.ok) return profileId;
  const { base, evenInUse, requestId } = request.value;
  return ok({ profileId: profileId.value, base, requestId, ...(evenInUse ? { evenInUse: true as const } : {}) });
}
