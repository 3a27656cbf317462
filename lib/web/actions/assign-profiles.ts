"use server";

import * as z from "zod/mini";
import { assignProfiles } from "#operations/assign-profiles.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { ok, type Result } from "#prelude/result.ts";
import { parseRequestedId, parseWith, requestIdSchema } from "#web/http/parse-action-request.ts";
import { runAction } from "#web/http/run-action.ts";
import type { ActionFailure } from "./answers.ts";
import type { AssignProfilesAnswer } from "./assign-answer.ts";

const listSchema = z.array(z.string()).check(z.maxLength(1_000));
const requestSchema = z.object({
  name: z.string().check(z.minLength(1), z.maxLength(4_000)),
  profileIds: listSchema,
  expected: listSchema,
  requestId: requestIdSchema,
});

/** Gives an endpoint its ordered profile list; a list that is no longer the one the person saw is not overwritten. */
export async function assignProfilesAction(request: unknown): Promise<AssignProfilesAnswer> {
  return runAction(request, { parse: parseRequest, run: assignProfiles });
}

function parseRequest(input: unknown) {
  const request = parseWith(requestSchema, input);
  if (!request.ok) return request;
  const profileIds = parseList(request.value.profileIds);
  if (!profileIds.ok) return profileIds;
  const expected = parseList(request.value.expected);
  if (!expected.ok) return expected;
  const { name, requestId } = request.value;
  return ok({ name, requestId, how: "set" as const, profileIds: profileIds.value, expected: expected.value });
}

function parseList(ids: readonly string[]): Result<readonly ProfileId[], ActionFailure> {
  const parsed: ProfileId[] = [];
  for (const each of ids) {
    const id = parseRequestedId(each);
    if (!id.ok) return id;
    parsed.push(id.value);
  }
  return ok(parsed);
}
