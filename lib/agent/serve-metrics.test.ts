import type { Server } from "node:http";
import { afterEach, expect, it } from "vitest";
import { agentMetrics } from "#agent/metrics.ts";
import { serveMetrics } from "#agent/serve-metrics.ts";

let server: Server | undefined;
afterEach(() => void server?.close());

async function serve(healthy: boolean) {
  const metrics = agentMetrics();
  metrics.progressed({ appliedRevision: 42, inSync: healthy, rejected: [], interfaces: ["cali1"], lagMs: 5 });
  server = await serveMetrics({ host: "127.0.0.1", port: 0 }, metrics.registry, () => ({
    healthy,
    detail: { inSync: healthy },
  }));
  const address = server.address();
  return `http://127.0.0.1:${address !== null && typeof address === "object" ? address.port : 0}`;
}

it("metrics tell the applied revision and the number of endpoints", async () => {
  const text = await (await fetch(`${await serve(true)}/metrics`)).text();
  expect(text).toContain("tortie_agent_applied_revision 42\n");
  expect(text).toContain("tortie_agent_endpoints 1\n");
});

it("health is 200 in sync and 503 before", async () => {
  expect((await fetch(`${await serve(true)}/healthz`)).status).toBe(200);
  server?.close();
  expect((await fetch(`${await serve(false)}/healthz`)).status).toBe(503);
});

it("anything else is not there, and nothing can be posted", async () => {
  const base = await serve(true);
  expect((await fetch(`${base}/`)).status).toBe(404);
  expect((await fetch(`${base}/metrics`, { method: "POST" })).status).toBe(405);
});
