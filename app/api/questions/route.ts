import { webDeps } from "#web/deps.ts";
import { requirePrincipal } from "#web/http/require-principal.ts";
import { respond, respondOr503 } from "#web/http/respond.ts";
import { readBody, respondToQuestion } from "#web/questions/respond-to-question.ts";

/** Answers one question about stored policy (`/api/openapi.json` describes it). Nothing is written. */
export async function POST(request: Request): Promise<Response> {
  await requirePrincipal();
  const text = await readBody(request.body);
  return respondOr503(async () => {
    const { status, body } = await respondToQuestion(webDeps().deps, text);
    return respond(body, status);
  });
}
