import { parseAddress } from "#policy/address.ts";
import type { Place, Probe } from "#policy/packet.ts";
import { type ForgedPacket, forgeFrame } from "./forge-packet.ts";
import { eventually, PATIENT_MS, pause } from "./lab.ts";
import { type Addresses, NODE_ADDRESSES, ownMac, type PacketWorld } from "./packet-world.ts";
import type { Wire } from "./wire.ts";

/** A probe as a packet of its own number; `tcpFlags` other than those of a first packet may be wished. */
export type Flight = { readonly probe: Probe; readonly number: number; readonly tcpFlags?: number };

/** The sky flights happen in. `macOf` names the MAC the stored data want, where they want one. */
export type Airspace = {
  readonly world: PacketWorld;
  readonly addresses: Addresses;
  readonly macOf: (endpoint: string) => string | undefined;
};

// Protocols whose ports connection tracking looks at; of all others it knows two addresses (no dccp since Linux 6.16).
const TRACKED_BY_PORT: ReadonlySet<number> = new Set([6, 17, 132, 136]);
const FLIGHT_MS = 100;

/** Two packets of one flow would make the second one established, in whichever direction it goes. */
export function distinctFlows(probes: readonly Probe[], addresses: Addresses): readonly Probe[] {
  const flows = new Map<string, Probe>();
  for (const probe of probes) {
    const hasPorts = TRACKED_BY_PORT.has(probe.protocol);
    const ends = [
      `${sourceOf(probe, addresses)} ${hasPorts ? probe.srcPort : ""}`,
      `${targetOf(probe, addresses)} ${hasPorts ? probe.dstPort : ""}`,
    ];
    const flow = `${probe.ipVersion} ${probe.protocol} ${ends.sort().join(" ")}`;
    if (!flows.has(flow)) flows.set(flow, probe);
  }
  return [...flows.values()];
}

/** Sends all at once; answers the numbers of those that came down, after those that are `expected` had time enough. */
export async function fly(
  flights: readonly Flight[],
  expected: readonly Flight[],
  airspace: Airspace,
): Promise<ReadonlySet<number>> {
  for (const flight of flights) send(flight, airspace);
  const hasLanded = (flight: Flight) => isDown(flight, airspace);
  await eventually(async () => expected.every(hasLanded), true, PATIENT_MS);
  // Whatever should not come had its time with the others, and a little more.
  await pause(FLIGHT_MS);
  return new Set(flights.filter(hasLanded).map(({ number }) => number));
}

/** True once the packet was seen where it was to go. */
export function isDown({ probe, number }: Flight, airspace: Airspace): boolean {
  return landing(probe, airspace).seen.has(number);
}

/** Puts one packet on its wire. */
export function send({ probe, number, tcpFlags }: Flight, { world, addresses, macOf }: Airspace): void {
  const packet: ForgedPacket = {
    ...probe,
    family: probe.ipVersion,
    src: numberOf(sourceOf(probe, addresses)),
    dst: numberOf(targetOf(probe, addresses)),
    isInvalid: probe.connectionState === "invalid",
    number,
    ...(tcpFlags !== undefined && { tcpFlags }),
  };
  const { src, dst } = probe;
  if (src.kind === "endpoint") {
    const index = world.wires.findIndex(({ name }) => name === src.name);
    const mac = probe.srcMac ?? macOf(src.name) ?? ownMac(index);
    world.wire(src.name).send(forgeFrame(packet, { from: mac, to: world.nodeMac(src.name) }));
  } else if (src.kind === "host") {
    // A node sends without a frame: it knows the way itself.
    world.wire(src.name).send(forgeFrame(packet, { from: "", to: "" }).slice(4));
  } else {
    const host = dst.kind === "endpoint" ? world.wires.find(({ name }) => name === dst.name)?.host : undefined;
    world.wire("out").send(forgeFrame(packet, { from: ownMac("out"), to: world.nodeMac(host ?? "h1") }));
  }
}

function landing({ dst }: Probe, { world }: Airspace): Wire {
  if (dst.kind === "endpoint" || dst.kind === "host") return world.wire(dst.name);
  return world.wire("out");
}

function sourceOf({ src, srcIp, ipVersion }: Probe, addresses: Addresses): string {
  return srcIp ?? addressOf(src, ipVersion, addresses);
}

function targetOf({ dst, dstIp, ipVersion }: Probe, addresses: Addresses): string {
  return dstIp ?? addressOf(dst, ipVersion, addresses);
}

function addressOf(place: Place, family: 4 | 6, addresses: Addresses): string {
  const isOfFamily = (address: string) => address.includes(":") === (family === 6);
  if (place.kind === "ip") return place.address;
  if (place.kind === "profile") throw new Error(`the profile ${place.id} stands on no wire`);
  const own = place.kind === "host" ? NODE_ADDRESSES[place.name] : addresses.endpoints[place.name];
  return own?.find(isOfFamily) ?? "";
}

function numberOf(text: string): bigint {
  const address = parseAddress(text);
  if (!address.ok) throw new Error(`no address ${text}`);
  return address.value.value;
}
