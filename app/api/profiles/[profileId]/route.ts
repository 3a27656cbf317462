import { profileIdFromPath } from "#components/profiles/profile-href.ts";
import { parseProfileId } from "#policy/profile-id.ts";
import { webDeps } from "#web/deps.ts";
import { requirePrincipal } from "#web/http/require-principal.ts";
import { respond, respondOr503 } from "#web/http/respond.ts";

type Context = { readonly params: Promise<{ readonly profileId: string }> };

/** One profile as it is stored now, with the version to compare on save. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  await requirePrincipal();
  const id = parseProfileId(profileIdFromPath((await params).profileId));
  if (!id.ok) return respond({ kind: "invalid-request", detail: "not a profile id" }, 400);
  return respondOr503(async () => {
    const found = await webDeps().deps.store.readProfile(id.value);
    return found === undefined ? respond({ kind: "not-found" }, 404) : respond(found);
  });
}
