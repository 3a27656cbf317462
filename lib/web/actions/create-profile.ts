"use server";

import * as z from "zod/mini";
import { createProfile } from "#operations/create-profile.ts";
import { newProfile } from "#policy/new-profile.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { parseRulesValue } from "#policy/rules-value.ts";
import { parseSidecarValue } from "#policy/sidecar/sidecar-value.ts";
import { parseTagsValue } from "#policy/tags-value.ts";
import { ok, type Result } from "#prelude/result.ts";
import { invalid, parseRequestedId, parseWith, requestIdSchema } from "#web/http/parse-action-request.ts";
import { runAction } from "#web/http/run-action.ts";
import type { ActionFailure, CreateProfileAnswer } from "./answers.ts";

const requestSchema = z.object({
  profileId: z.string(),
  content: z.union([
    z.literal("open-to-own-tag"),
    z.literal("closed"),
    z.object({ tags: z.string(), rules: z.string(), sidecar: z.optional(z.string()) }),
  ]),
  requestId: z.optional(requestIdSchema),
});

type Content = z.output<typeof requestSchema>["content"];

/** Creates a profile; one that exists is left as it is, and said so. */
export async function createProfileAction(request: unknown): Promise<CreateProfileAnswer> {
  return runAction(request, { parse: parseRequest, run: createProfile });
}

function parseRequest(input: unknown) {
  const request = parseWith(requestSchema, input);
  if (!request.ok) return request;
  const { content, requestId } = request.value;
  const profileId = parseRequestedId(request.value.profileId);
  if (!profileId.ok) return profileId;
  const profile = contentOf(profileId.value, content);
  if (!profile.ok) return profile;
  return ok({ profileId: profileId.value, profile: profile.value, ...(requestId === undefined ? {} : { requestId }) });
}

/** `closed` holds its own tag and admits nobody: neither in nor out. */
function contentOf(id: ProfileId, content: Content): Result<Profile, ActionFailure> {
  if (content === "open-to-own-tag") return ok(newProfile(id));
  if (content === "closed") {
    return ok({ ...newProfile(id), rules: { kind: "valid", value: { inbound: [], outbound: [] } } });
  }
  const tags = parseTagsValue(content.tags);
  const rules = parseRulesValue(content.rules);
  if (tags.kind === "invalid") return invalid(tags.issues);
  if (rules.kind === "invalid") return invalid(rules.issues);
  const sidecar = content.sidecar === undefined ? undefined : parseSidecarValue(content.sidecar);
  if (sidecar?.kind === "invalid") return invalid(sidecar.issues);
  return ok({ id, tags, rules, ...(sidecar && { sidecar }) });
}
