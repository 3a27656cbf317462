import type { StoredEntry } from "#policy/snapshot.ts";

/** How much there is. */
export type EstateSize = {
  readonly localEndpoints: number;
  readonly profiles: number;
  readonly remoteEndpoints: number;
  /** How many profiles each local endpoint has; 1 unless given. */
  readonly profilesEach?: number;
};

/** The host whose agent is measured. */
export const HOST = "bench";
/** The profile that changes, and the tag all remote endpoints carry. */
export const CHANGED = "P0000";
export const BIG_TAG = "EVERYONE";
/** Address of endpoint 0, whose interface is `cali0`. */
export const ADDRESS = "10.65.0.1";

const pad = (number: number, width: number) => String(number).padStart(width, "0");
const profileName = (index: number) => `P${pad(index, 4)}`;

/** Ten rules, two of them by tag: eight in, two out. The first is the one that changes. */
export function profileRules(index: number, port: number): string {
  const tag = profileName((index * 7) % 1_000_000);
  const inbound = [
    { action: "allow", protocol: "udp", dst_ports: [port] },
    { action: "allow", protocol: "tcp", dst_ports: [443, 8000 + (index % 100)], src_tag: tag },
    { action: "allow", protocol: "tcp", dst_ports: [8443] },
    { action: "allow", protocol: "tcp", dst_ports: [22], src_net: `10.${index % 250}.0.0/16` },
    { action: "deny", protocol: "tcp", dst_ports: [25], src_net: `10.${(index * 3) % 250}.7.0/24` },
    { action: "allow", protocol: "icmp", icmp_type: 8 },
    { action: "allow", protocol: "tcp", dst_ports: ["9000:9010"] },
    { action: "allow", src_tag: index === 0 ? BIG_TAG : profileName(index) },
  ];
  const outbound = [{ action: "deny", protocol: "tcp", dst_ports: [25] }, { action: "allow" }];
  return JSON.stringify({ inbound_rules: inbound, outbound_rules: outbound });
}

/** The key of a profile's rules. */
export function rulesKey(index: number): string {
  return `/calico/v1/policy/profile/${profileName(index)}/rules`;
}

/** Every key of the estate, and its value. Endpoint 0 has the profile that changes and the interface `cali0`. */
export function estateKeys(size: EstateSize): ReadonlyMap<string, string> {
  const { localEndpoints, profiles, remoteEndpoints, profilesEach = 1 } = size;
  const keys = new Map<string, string>();
  for (let index = 0; index < profiles; index += 1) {
    const tags = [profileName(index)];
    keys.set(`/calico/v1/policy/profile/${profileName(index)}/tags`, JSON.stringify(tags));
    keys.set(rulesKey(index), profileRules(index, 4_000));
  }
  keys.set("/calico/v1/policy/profile/REMOTE/tags", JSON.stringify([BIG_TAG]));
  keys.set("/calico/v1/policy/profile/REMOTE/rules", JSON.stringify({ inbound_rules: [], outbound_rules: [] }));
  for (let index = 0; index < localEndpoints; index += 1) {
    keys.set(
      ...endpoint({
        host: HOST,
        index,
        profiles: Array.from({ length: profilesEach }, (_, turn) =>
          profileName((index + turn * localEndpoints) % profiles),
        ),
        address: `10.65.${(index + 1) >> 8}.${(index + 1) & 255}`,
      }),
    );
  }
  for (let index = 0; index < remoteEndpoints; index += 1) keys.set(...remoteEndpoint(index));
  return keys;
}

/** An endpoint of another host with the big tag. */
export function remoteEndpoint(index: number): readonly [key: string, value: string] {
  const address = `10.${200 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`;
  return endpoint({ host: `far-${pad(index % 100, 3)}`, index, profiles: ["REMOTE"], address });
}

type EndpointFacts = {
  readonly host: string;
  readonly index: number;
  readonly profiles: readonly string[];
  readonly address: string;
};

function endpoint({ host, index, profiles, address }: EndpointFacts): readonly [key: string, value: string] {
  const value = {
    state: "active",
    name: `cali${index.toString(36)}`,
    profile_ids: profiles,
    ipv4_nets: [address],
    ipv6_nets: [`fd65::${(index >> 16).toString(16)}:${(index & 0xffff).toString(16)}`],
  };
  return [`/calico/v1/host/${host}/workload/bench/w${index}/endpoint/e`, JSON.stringify(value)];
}

/** Keys as the store would list them. */
export function asEntries(keys: ReadonlyMap<string, string>): readonly StoredEntry[] {
  return [...keys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => ({ key, value, modRevision: 1 }));
}
