import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hostKernel } from "#dataplane/apply/host-kernel.ts";
import { type Backend, kernelTools } from "#dataplane/apply/kernel-tools.ts";
import { type RunCommand, runCommand } from "#dataplane/apply/run-command.ts";
import { nodePolicy } from "#dataplane/desired/node-policy.ts";
import { nodeSettings } from "#dataplane/desired/node-settings.ts";
import { planApply } from "#dataplane/plan/plan-apply.ts";
import { type SmallProbe, smallProbe, smallState } from "#dataplane/testing/small-world.ts";
import { parseAddress } from "#policy/address.ts";
import { createEvaluator } from "#policy/evaluate.ts";
import type { Probe } from "#policy/packet.ts";
import { parseProbe } from "#policy/parse-probe.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import { type ForgedPacket, forgeFrame } from "../support/forge-packet.ts";
import { eventually, PATIENT_MS, pause } from "../support/lab.ts";
import { NODE_ADDRESSES, ownMac, type PacketWorld, packetWorld, type WorldEndpoint } from "../support/packet-world.ts";

/** The crown, on the kernel itself: forged packets of every kind, between two nodes, against what evaluate says. */
const STATES = Number(process.env.TORTIE_KERNEL_STATES ?? 8);
const PROBES_A_STATE = 60;
const FLIGHT_MS = 100;

const OUTSIDE = ["192.0.2.9", "10.0.0.77", "10.1.2.3", "2001:db8::9", "fd00::77", "fd01::3"];
const NAMES = ["calia", "caliab", "calib1", "calib2", "cali0", "cali-x"];
const V4 = ["10.0.0.1", "10.0.0.2", "10.0.1.1", "10.0.1.2", "10.1.0.1", "172.20.0.5"];
const V6 = ["fd00::1", "fd00::2", "fd00:1::1", "fd00:1::2", "fd01::1", "fd02::5"];
const ENDPOINTS: readonly WorldEndpoint[] = NAMES.map((interfaceName, index) => ({
  name: `e${index}`,
  host: index < 3 ? "h1" : "h2",
  interfaceName,
  addresses: [V4[index] ?? "", V6[index] ?? ""],
}));

let world: PacketWorld;
beforeEach(async () => {
  world = await packetWorld(ENDPOINTS, OUTSIDE);
});
afterEach(() => world?.remove());

describe.each<Backend>(["nft", "legacy"])("D7 the kernel decides as evaluate decides, %s", (backend) => {
  it(`${STATES * PROBES_A_STATE} forged packets in ${STATES} random states`, async () => {
    let lastNumber = 0;
    let compared = 0;
    const allowed = { true: 0, false: 0 };
    const property = fc.asyncProperty(
      fc.noBias(smallState),
      fc.noBias(fc.array(smallProbe, { minLength: PROBES_A_STATE, maxLength: PROBES_A_STATE })),
      async (state, raw) => {
        const snapshot = snapshotOf(state);
        await enforce(snapshot, backend);
        const evaluate = createEvaluator(snapshot);
        const flights = distinctFlows(raw.flatMap(flyable)).map((probe) => ({ probe, number: ++lastNumber }));
        for (const { probe, number } of flights) send(probe, number, snapshot);
        const expected = flights.filter(({ probe }) => evaluate(probe).verdict === "allow");
        const isDown = () => expected.every(({ probe, number }) => landing(probe).seen.has(number));
        await eventually(async () => isDown(), true, PATIENT_MS);
        // Whatever should not come had its time with the others, and a little more.
        await pause(FLIGHT_MS);
        for (const { probe, number } of flights) {
          const arrived = landing(probe).seen.has(number);
          compared += 1;
          allowed[`${arrived}`] += 1;
          const { verdict, sender, receiver } = evaluate(probe);
          if ((verdict === "allow") !== arrived) {
            const why = JSON.stringify({ sender: sender.decidedBy, receiver: receiver.decidedBy });
            throw new Error(
              `${JSON.stringify(probe)} ${arrived ? "arrived" : "did not arrive"}; evaluate: ${verdict}, ${why}`,
            );
          }
        }
      },
    );
    await fc.assert(property, { numRuns: STATES, endOnFailure: true });
    console.log(`${backend}: ${compared} packets compared, ${allowed.true} passed`);
    expect(Math.min(allowed.true, allowed.false)).toBeGreaterThan(compared / 15);
  }, 1_200_000);
});

/** The state on this world's wires: endpoints stay on the hosts where they are plugged in. */
function snapshotOf(state: Readonly<Record<string, unknown>>): Snapshot {
  const endpoints = Object.entries(state.endpoints as Record<string, object>).map(([name, value]) => {
    const host = ENDPOINTS.find((one) => one.name === name)?.host;
    return [name, { ...value, host }];
  });
  const { entries, issues } = parseStateValue({ ...state, endpoints: Object.fromEntries(endpoints) });
  expect(issues).toEqual([]);
  return snapshotFromEntries(entries);
}

async function enforce(snapshot: Snapshot, backend: Backend): Promise<void> {
  await Promise.all(
    ["h1", "h2"].map(async (host) => {
      const inside: RunCommand = (argv, options) =>
        runCommand(["ip", "netns", "exec", world.namespace(host), ...argv], options);
      const kernel = hostKernel(inside, kernelTools(backend), [4, 6]);
      const { options } = nodeSettings(snapshot, { host, families: [4, 6] });
      await kernel.run(planApply(await kernel.read(), nodePolicy(snapshot, options)).plan);
      await inside(["conntrack", "-F"]);
    }),
  );
}

/** A probe as a packet that can be put on a wire, if there is one. */
function flyable(raw: SmallProbe): readonly Probe[] {
  const host = (raw.dst as { host?: string }).host;
  const own =
    host === undefined
      ? undefined
      : ENDPOINTS.find(({ name }) => name === (raw.src as { endpoint?: string }).endpoint)?.host;
  // Without an address of its own in the probe, evaluate would think of one that is nowhere.
  const target =
    host === undefined ? {} : { dst: { host: own }, dst_ip: NODE_ADDRESSES[own ?? ""]?.[raw.ip_version === 6 ? 1 : 0] };
  const probe = parseProbe({ ...raw, ...target });
  if (!probe.ok) throw new Error(JSON.stringify(probe.error));
  return canFly(probe.value) ? [probe.value] : [];
}

function canFly({ src, connectionState, protocol, icmpType }: Probe): boolean {
  if (src.kind === "host" || connectionState === "established" || connectionState === "related") return false;
  if (connectionState === "invalid") return protocol === 6;
  // As a first packet, connection tracking knows echo requests and what it does not track; all else is INVALID to it.
  if (protocol === 1) return icmpType === 8;
  return protocol !== 58 || [128, 130, 133, 134, 135, 136].includes(icmpType ?? 0);
}

/** Two packets of one flow would make the second one established. */
function distinctFlows(probes: readonly Probe[]): readonly Probe[] {
  const flows = new Map<string, Probe>();
  for (const probe of probes) {
    const ends = [
      `${JSON.stringify(probe.src)}${probe.srcIp} ${probe.srcPort}`,
      `${JSON.stringify(probe.dst)} ${probe.dstPort}`,
    ];
    const flow = `${probe.ipVersion} ${probe.protocol} ${ends.sort().join(" ")}`;
    if (!flows.has(flow)) flows.set(flow, probe);
  }
  return [...flows.values()];
}

function send(probe: Probe, number: number, snapshot: Snapshot): void {
  const { src, dst, ipVersion: family } = probe;
  const sender = src.kind === "endpoint" ? ENDPOINTS.findIndex(({ name }) => name === src.name) : -1;
  const target = dst.kind === "endpoint" ? ENDPOINTS.find(({ name }) => name === dst.name) : undefined;
  const family6 = family === 6 ? 1 : 0;
  const from = probe.srcIp ?? (src.kind === "ip" ? src.address : ENDPOINTS[sender]?.addresses[family6]);
  const to = probe.dstIp ?? (dst.kind === "ip" ? dst.address : target?.addresses[family6]);
  const packet: ForgedPacket = {
    ...probe,
    family,
    src: numberOf(from),
    dst: numberOf(to),
    isInvalid: probe.connectionState === "invalid",
    number,
  };
  if (src.kind !== "endpoint") {
    world.wire("out").send(forgeFrame(packet, { from: ownMac("out"), to: world.nodeMac(target?.host ?? "h1") }));
    return;
  }
  const mac = probe.srcMac ?? storedMac(snapshot, src.name) ?? ownMac(sender);
  world.wire(src.name).send(forgeFrame(packet, { from: mac, to: world.nodeMac(src.name) }));
}

function storedMac(snapshot: Snapshot, name: string): string | undefined {
  const entry = [...snapshot.endpoints.values()].find(({ key }) => key.endpoint === name);
  return entry?.value.kind === "valid" ? entry.value.value.mac : undefined;
}

function landing({ dst }: Probe) {
  if (dst.kind === "endpoint") return world.wire(dst.name);
  return world.wire(dst.kind === "host" ? dst.name : "out");
}

function numberOf(text: string | undefined): bigint {
  const address = parseAddress(text ?? "");
  if (!address.ok) throw new Error(`no address ${text}`);
  return address.value.value;
}
