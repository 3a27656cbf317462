import type { Server } from "node:http";
import { afterEach, expect, it } from "vitest";
import { agentMetrics } from "#agent/metrics.ts";
import { serveMetrics } from "#agent/serve-metrics.ts";
import type { KernelState } from "#dataplane/plan/kernel-state.ts";

const HOOK = { key: "1", isOurs: true, uses: [], effect: "other" } as const;
const THEIRS = { ...HOOK, isOurs: false };
const AFTER: KernelState = {
  sets: new Map([["tortie-4a-WEB", { family: 4, maxSetSize: 10, members: new Set(["10.0.0.1", "10.0.0.2"]) }]]),
  families: new Map([
    [
      4,
      {
        raw: new Map([["tortie-PREROUTING", [HOOK]]]),
        filter: new Map([
          ["FORWARD", [HOOK, THEIRS]],
          ["tortie-FORWARD", [HOOK, HOOK]],
        ]),
      },
    ],
  ]),
};

let server: Server | undefined;
afterEach(() => void server?.close());

async function serve(healthy: boolean) {
  const metrics = agentMetrics();
  metrics.progressed({
    appliedRevision: 42,
    inSync: healthy,
    rejected: [],
    waitingOrphans: 0,
    interfaces: ["cali1"],
    lagMs: 5,
  });
  metrics.connected(healthy);
  metrics.applied({ plan: [], durationMs: 30, isRepair: true, after: AFTER });
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

it.each([
  'tortie_agent_programmed_objects{kind="rule"} 4',
  'tortie_agent_programmed_objects{kind="chain"} 2',
  'tortie_agent_programmed_objects{kind="set"} 1',
  'tortie_agent_programmed_objects{kind="member"} 2',
  "tortie_agent_drift_repairs_total 1",
  "tortie_agent_store_connected 1",
  'tortie_agent_apply_duration_seconds_bucket{le="0.05"} 1',
  "tortie_agent_lag_seconds 0.005",
  "tortie_agent_rejected_objects 0",
])("metrics say %s", async (line) => {
  expect(await (await fetch(`${await serve(true)}/metrics`)).text()).toContain(`${line}\n`);
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
