import { webDeps } from "#web/deps.ts";
import { requirePrincipal } from "#web/http/require-principal.ts";
import { respond } from "#web/http/respond.ts";

/** The stored intents, each with whether it holds and since when it does not; broken ones first. */
export async function GET(): Promise<Response> {
  await requirePrincipal();
  return respond(webDeps().intents.payload());
}
