import type { NextRequest } from "next/server";
import { webDeps } from "#web/deps.ts";
import { requirePrincipal } from "#web/http/require-principal.ts";
import { respond } from "#web/http/respond.ts";
import { statePayload } from "#web/http/state-payload.ts";

const FIRST_ANSWER_MS = 3_000;

/** The policy as stored entries, or what changed since a cursor. */
export async function GET(request: NextRequest): Promise<Response> {
  await requirePrincipal();
  const { feed } = webDeps();
  const state = await feed.ready(FIRST_ANSWER_MS);
  if (state === undefined) return respond({ kind: "unavailable", detail: "etcd has not answered yet" }, 503);
  return respond(statePayload(feed, state, request.nextUrl.searchParams.get("since")));
}
