"use server";

import * as z from "zod/mini";
import { editProfile } from "#operations/edit-profile.ts";
import { ok } from "#prelude/result.ts";
import {
  parseEdits,
  parseRequestedId,
  parseWith,
  requestIdSchema,
  seenVersionSchema,
} from "#web/http/parse-action-request.ts";
import { runAction } from "#web/http/run-action.ts";
import type { EditProfileAnswer } from "./answers.ts";

const requestSchema = z.object({
  profileId: z.string(),
  edits: z.array(z.unknown()),
  base: seenVersionSchema,
  requestId: requestIdSchema,
});

/** Saves a draft: its edits on the version they were made on, or `conflict` when someone saved in between. */
export async function editProfileAction(request: unknown): Promise<EditProfileAnswer> {
  return runAction(request, { parse: parseRequest, run: editProfile });
}

function parseRequest(input: unknown) {
  const request = parseWith(requestSchema, input);
  if (!request.ok) return request;
  const profileId = parseRequestedId(request.value.profileId);
  if (!profileId.ok) return profileId;
  const edits = parseEdits(request.value.edits);
  return edits.ok ? ok({ ...request.value, profileId: profileId.value, edits: edits.value }) : edits;
}
