import { requirePrincipal } from "#web/http/require-principal.ts";
import { respond } from "#web/http/respond.ts";
import { openApiDocument } from "#web/questions/openapi.ts";

/** What can be asked at `/api/questions` and what is answered. */
export async function GET(): Promise<Response> {
  await requirePrincipal();
  return respond(openApiDocument());
}
