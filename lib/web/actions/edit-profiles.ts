"use server";

import * as z from "zod/mini";
import { editProfiles, type ProfileEditing } from "#operations/edit-profiles.ts";
import { ok } from "#prelude/result.ts";
import {
  parseEdits,
  parseRequestedId,
  parseWith,
  requestIdSchema,
  versionSchema,
} from "#web/http/parse-action-request.ts";
import { runAction } from "#web/http/run-action.ts";
import type { EditProfilesAnswer } from "./answers.ts";

/** Far above what etcd takes in one transaction, which is refused with its figures. */
const MAX_PROFILES = 5_000;

const requestSchema = z.object({
  profiles: z
    .array(z.object({ profileId: z.string(), edits: z.array(z.unknown()), base: versionSchema }))
    .check(z.minLength(1), z.maxLength(MAX_PROFILES)),
  requestId: requestIdSchema,
});

/** Saves edits of several profiles in one transaction, each on the version it was made on: all of it or nothing. */
export async function editProfilesAction(request: unknown): Promise<EditProfilesAnswer> {
  return runAction(request, { parse: parseRequest, run: editProfiles });
}

function parseRequest(input: unknown) {
  const request = parseWith(requestSchema, input);
  if (!request.ok) return request;
  const profiles: ProfileEditing[] = [];
  for (const { base, ...each } of request.value.profiles) {
    const profileId = parseRequestedId(each.profileId);
    if (!profileId.ok) return profileId;
    const edits = parseEdits(each.edits);
    if (!edits.ok) return edits;
    profiles.push({ profileId: profileId.value, edits: edits.value, base });
  }
  return ok({ profiles, requestId: request.value.requestId });
}
