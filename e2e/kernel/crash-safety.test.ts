import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hostKernel } from "#dataplane/apply/host-kernel.ts";
import { type Backend, kernelTools } from "#dataplane/apply/kernel-tools.ts";
import { CommandFailedError, runCommand } from "#dataplane/apply/run-command.ts";
import { nodePolicy } from "#dataplane/desired/node-policy.ts";
import { nodeSettings } from "#dataplane/desired/node-settings.ts";
import { formatPlan } from "#dataplane/plan/format-plan.ts";
import { planApply } from "#dataplane/plan/plan-apply.ts";
import { planRemoval } from "#dataplane/plan/plan-removal.ts";
import { type SmallState, smallState } from "#dataplane/testing/small-world.ts";
import { createEvaluator } from "#policy/evaluate.ts";
import type { Place, Probe } from "#policy/packet.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import { runCount } from "#testing/run-count.ts";
import type { Death } from "../support/dying-agent.ts";
import { eventually, PATIENT_MS, pause } from "../support/lab.ts";
import { distinctFlows, isDown, send } from "../support/packet-flight.ts";
import { type Addresses, type EndpointWire, type PacketWorld, packetWorld } from "../support/packet-world.ts";
import { run } from "../support/run.ts";
import { toolsInside } from "../support/tools-inside.ts";

/*
 * An agent is killed after every step of plans drawn at random, and in the middle of some. Meanwhile packets fly that
 * both policies deny and that both allow: none of the first may come down, all of the second must. Then the next start
 * has to reach the new policy.
 */
const KILLS = Math.min(runCount(20).numRuns, 120);
const MIN_OF_EACH = 4;
const CONVERGES_MS = 30_000;
const HOST = "h1";
const FAMILIES = [4, 6] as const;

const V4 = ["10.0.0.1", "10.0.0.2", "10.0.1.1", "10.0.1.2", "10.1.0.1", "172.20.0.5"];
const V6 = ["fd00::1", "fd00::2", "fd00:1::1", "fd00:1::2", "fd01::1", "fd02::5"];
const WIRES = ["calia", "caliab", "calib1"].map(
  (interfaceName, index): EndpointWire => ({ name: `e${index}`, host: HOST, interfaceName }),
);
const own = WIRES.map(({ name }, index): [string, string[]] => [name, [V4[index] ?? "", V6[index] ?? ""]]);
const FAR = ["192.0.2.9", "2001:db8::9"];
// Nobody enforces anything where the other host's endpoints are; here they are addresses that carry tags.
const ADDRESSES: Addresses = {
  endpoints: Object.fromEntries(own),
  outside: [...FAR, ...V4.slice(3), ...V6.slice(3)],
};

let world: PacketWorld;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tortie-dying-"));
  await build({
    entryPoints: { agent: fileURLToPath(new URL("../support/dying-agent.ts", import.meta.url)) },
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    mainFields: ["module", "main"],
    banner: {
      js: 'import{createRequire as requireForBundle}from"node:module";const require=requireForBundle(import.meta.url);',
    },
  });
  world = await packetWorld(WIRES);
  await world.giveAddresses(ADDRESSES);
});
afterAll(async () => {
  await world?.remove();
  if (folder) await rm(folder, { recursive: true });
});

describe.each<Backend>(["nft", "legacy"])("crash safety, %s", (backend) => {
  it(`${KILLS} kills: no denied packet passes, no allowed one is lost, the next start converges`, async () => {
    const seed = Date.now();
    const kernel = hostKernel(runCommand, toolsInside(world.namespace(HOST), kernelTools(backend)), FAMILIES);
    /** As an agent: what is refused is tried again, from what is there then. */
    const bring = async (snapshot: Snapshot): Promise<void> => {
      const deadline = Date.now() + CONVERGES_MS;
      for (;;) {
        const { plan } = planFor(await kernel.read(), snapshot);
        if (plan.length === 0) return;
        const refusal = await kernel.run(plan).catch((error: unknown) => error);
        if (refusal !== undefined && !(refusal instanceof CommandFailedError)) throw refusal;
        if (Date.now() > deadline) throw new Error(`seed ${seed}: not there\n${formatPlan(plan)}`, { cause: refusal });
      }
    };
    const counts = { kills: 0, plans: 0, allowed: 0, denied: 0 };
    for (const [before, after] of fc.sample(fc.noBias(fc.tuple(smallState, smallState)), { seed, numRuns: 1_000 })) {
      const [old, next] = [snapshotOf(before), snapshotOf(after)];
      const flights = agreedFlights(old, next);
      const allowed = flights.filter(({ verdict }) => verdict === "allow").length;
      // Where nearly all is denied, or nearly nothing, a wrong step would hardly show.
      if (Math.min(allowed, flights.length - allowed) < MIN_OF_EACH) continue;
      await bring(old);
      const steps = planFor(await kernel.read(), next).plan.length;
      counts.plans += 1;
      for (let afterSteps = 0; afterSteps <= steps && counts.kills < KILLS; afterSteps += 1) {
        await bring(old);
        const prober = startProber(flights);
        await die({
          backend,
          host: HOST,
          state: placed(after),
          afterSteps,
          ...(afterSteps % 2 && { intoNextMs: afterSteps % 4 }),
        });
        await pause(60);
        await bring(next);
        const { allowed, denied } = await prober.stop();
        const where = `seed ${seed}, plan ${counts.plans}, killed after ${afterSteps} of ${steps}`;
        expect([...denied.passed, ...allowed.lost].map((wrong) => `${where}: ${wrong}`)).toEqual([]);
        counts.kills += 1;
        counts.allowed += allowed.sent;
        counts.denied += denied.sent;
      }
      if (counts.kills >= KILLS) break;
    }
    console.log(`${backend}: seed ${seed}, ${JSON.stringify(counts)}`);
    expect(counts.kills).toBe(KILLS);
    expect(Math.min(counts.allowed, counts.denied)).toBeGreaterThan(KILLS);
    await kernel.run(planRemoval(await kernel.read()));
  }, 3_600_000);
});

it("its programs die with it, also those that do not get to run", async () => {
  const state = fc.sample(smallState, { seed: 1, numRuns: 1 })[0];
  if (state === undefined) throw new Error("no state");
  await die({ backend: "legacy", host: HOST, state: placed(state), afterSteps: 1_000, freezesPrograms: true });
  const left = async () => {
    const pids = (await run(["ip", "netns", "pids", world.namespace(HOST)])).split("\n").filter(Boolean);
    const names = pids.map(async (pid) => [pid, await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "")] as const);
    return (await Promise.all(names))
      .filter(([, name]) => /^(ip6?tables|xtables|ipset)/.test(name))
      .map(([pid]) => pid);
  };
  expect(await eventually(async () => (await left()).length, 0)).toBe(0);
});

function planFor(state: Parameters<typeof planApply>[0], snapshot: Snapshot) {
  return planApply(state, nodePolicy(snapshot, nodeSettings(snapshot, { host: HOST, families: FAMILIES }).options));
}

/** The state on this world's wires: the first three endpoints here, the others elsewhere. */
function placed(state: SmallState): SmallState {
  const endpoints = Object.entries(state.endpoints as Record<string, object>).map(([name, value], index) => [
    name,
    { ...value, host: index < WIRES.length ? HOST : "h2" },
  ]);
  return { ...state, endpoints: Object.fromEntries(endpoints) };
}

function snapshotOf(state: SmallState): Snapshot {
  return snapshotFromEntries(parseStateValue(placed(state)).entries);
}

type JudgedProbe = { readonly probe: Probe; readonly verdict: "allow" | "deny"; readonly mac: string | undefined };

/** New connections of every kind between all places, on which both policies agree. */
function agreedFlights(old: Snapshot, next: Snapshot): readonly JudgedProbe[] {
  const [before, after] = [createEvaluator(old), createEvaluator(next)];
  return distinctFlows(allProbes(), ADDRESSES).flatMap((probe) => {
    const verdict = before(probe).verdict;
    if (verdict !== after(probe).verdict) return [];
    const macs = [old, next].map((snapshot) => storedMac(snapshot, probe));
    return macs[0] === macs[1] ? [{ probe, verdict, mac: macs[0] }] : [];
  });
}

function allProbes(): readonly Probe[] {
  const here = WIRES.map(({ name }): Place => ({ kind: "endpoint", name }));
  const at = (addresses: readonly string[], family: 4 | 6) =>
    addresses
      .filter((address) => address.includes(":") === (family === 6))
      .map((address): Place => ({ kind: "ip", address }));
  return FAMILIES.flatMap((family) => [
    ...here.flatMap((src) => [...here, ...at(FAR, family)].map((dst) => ({ src, dst, ipVersion: family }))),
    ...at(ADDRESSES.outside, family).flatMap((src) => here.map((dst) => ({ src, dst, ipVersion: family }))),
  ])
    .filter(({ src, dst }) => src !== dst)
    .flatMap((ends): readonly Probe[] => [
      { ...ends, connectionState: "new", protocol: 6, srcPort: 40_000, dstPort: 443 },
      { ...ends, connectionState: "new", protocol: 17, srcPort: 68, dstPort: 67 },
    ]);
}

function storedMac(snapshot: Snapshot, { src }: Probe): string | undefined {
  if (src.kind !== "endpoint") return undefined;
  const entry = [...snapshot.endpoints.values()].find(({ key }) => key.endpoint === src.name);
  return entry?.value.kind === "valid" ? entry.value.value.mac : undefined;
}

async function die(death: Death): Promise<void> {
  const argv = ["ip", "netns", "exec", world.namespace(HOST), process.execPath, join(folder, "agent.mjs")];
  const outcome = await run(argv, JSON.stringify(death)).then(
    () => "ended",
    (error: { signal?: string; stderr?: string }) => error.signal ?? error.stderr,
  );
  expect(outcome).toBe("SIGKILL");
}

/** Sends all flights again and again; a first packet that nobody answers stays a first packet. */
function startProber(flights: readonly JudgedProbe[]) {
  const sent: { readonly judged: JudgedProbe; readonly number: number; readonly sentAtMs: number }[] = [];
  const startedAtMs = Date.now();
  let isOver = false;
  const airspaceOf = (mac: string | undefined) => ({ world, addresses: ADDRESSES, macOf: () => mac });
  const flying = (async () => {
    while (!isOver) {
      for (const judged of flights) {
        const number = world.nextNumber();
        sent.push({ judged, number, sentAtMs: Date.now() - startedAtMs });
        send({ probe: judged.probe, number }, airspaceOf(judged.mac));
      }
      await pause(40);
    }
  })();
  return {
    async stop() {
      isOver = true;
      await flying;
      const of = (verdict: string) => sent.filter(({ judged }) => judged.verdict === verdict);
      const hasLanded = ({ judged, number }: (typeof sent)[number]) =>
        isDown({ probe: judged.probe, number }, airspaceOf(judged.mac));
      await eventually(async () => of("allow").every(hasLanded), true, PATIENT_MS);
      await pause(50);
      const probes = (some: typeof sent) =>
        some.map(({ judged, sentAtMs }) => `${judged.verdict} ${JSON.stringify(judged.probe)} at ${sentAtMs}`);
      return {
        allowed: { sent: of("allow").length, lost: probes(of("allow").filter((one) => !hasLanded(one))) },
        denied: { sent: of("deny").length, passed: probes(of("deny").filter(hasLanded)) },
      };
    },
  };
}
