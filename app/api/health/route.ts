import { webDeps } from "#web/deps.ts";
import { requirePrincipal } from "#web/http/require-principal.ts";
import { respond } from "#web/http/respond.ts";

/** 200 while the store answers, 503 with its reason while it does not. */
export async function GET(): Promise<Response> {
  await requirePrincipal();
  const { feed } = webDeps();
  const health = feed.health();
  const storeRevision = feed.state()?.storeRevision ?? 0;
  return respond({ store: health, storeRevision }, health.kind === "in-touch" ? 200 : 503);
}
