import "server-only";
import { StoreUnavailableError } from "#store/policy-store.ts";

/** JSON that no cache keeps: it is true now. */
export function respond(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: { "cache-control": "no-store" } });
}

/** Runs a route; a store that is away is an answer (503), anything else is a bug and throws. */
export async function respondOr503(route: () => Promise<Response>): Promise<Response> {
  try {
    return await route();
  } catch (cause) {
    if (cause instanceof StoreUnavailableError) return respond({ kind: "unavailable", detail: cause.message }, 503);
    throw cause;
  }
}
