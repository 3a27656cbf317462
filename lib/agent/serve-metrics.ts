import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { Registry } from "prom-client";
import type { ListenAddress } from "#agent/agent-options.ts";

export type Health = { readonly healthy: boolean; readonly detail: object };

/** Serves /metrics and /healthz; throws when the address cannot be listened on. */
export async function serveMetrics(address: ListenAddress, registry: Registry, health: () => Health): Promise<Server> {
  const server = createServer((request, response) => {
    const send = (status: number, type: string, body: string) =>
      response.writeHead(status, { "content-type": type, "cache-control": "no-store" }).end(body);
    if (request.method !== "GET") return send(405, "text/plain", "GET only\n");
    if (request.url === "/healthz") {
      const { healthy, detail } = health();
      return send(healthy ? 200 : 503, "application/json", `${JSON.stringify(detail)}\n`);
    }
    if (request.url !== "/metrics") return send(404, "text/plain", "/metrics or /healthz\n");
    registry.metrics().then(
      (text) => send(200, registry.contentType, text),
      (error: Error) => send(500, "text/plain", `${error.message}\n`),
    );
  });
  server.listen(address.port, address.host);
  await once(server, "listening");
  return server;
}
