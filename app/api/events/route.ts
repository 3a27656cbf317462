import type { NextRequest } from "next/server";
import { webDeps } from "#web/deps.ts";
import { streamChanges } from "#web/events/stream-changes.ts";
import { requirePrincipal } from "#web/http/require-principal.ts";

/** News for open browsers, as server-sent events. */
export async function GET(request: NextRequest): Promise<Response> {
  await requirePrincipal();
  const { feed, nodes, intents, ending } = webDeps();
  const stream = streamChanges(
    { feed, onNodes: nodes.subscribe, onIntents: (listener) => intents.subscribe(listener), ending },
    request.headers.get("last-event-id"),
  );
  // no-transform keeps the compressing middleware from holding events back.
  return new Response(stream, {
    headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache, no-transform" },
  });
}
