import { webDeps } from "#web/deps.ts";
import { requirePrincipal } from "#web/http/require-principal.ts";
import { respond, respondOr503 } from "#web/http/respond.ts";
import { stateAtRevision } from "#web/http/state-at-revision.ts";

type Context = { readonly params: Promise<{ readonly revision: string }> };

/** The policy as stored entries as it was at a revision, while the store still has it. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  await requirePrincipal();
  const { revision } = await params;
  return respondOr503(async () => {
    const { status, body } = await stateAtRevision(webDeps().deps.store, revision);
    return respond(body, status);
  });
}
