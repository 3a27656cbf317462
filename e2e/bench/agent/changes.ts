/* T1: one profile changes, from the put to the first packet judged by the new rule. T4: one member of a large set. */
import { parseEndpointValue } from "#policy/endpoint-value.ts";
import { parsePolicyKey } from "#policy/layout/policy-key.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { parseRulesValue } from "#policy/rules-value.ts";
import type { PolicyWrite } from "#store/policy-store.ts";
import type { Contestant } from "../compare.ts";
import { BIG_TAG, CHANGED, profileRules, remoteEndpoint, rulesKey } from "./estate.ts";
import type { FloorTexts } from "./floor-script.ts";
import { OUTSIDE, UDP_PORTS, type World } from "./world.ts";

/** Writes the profile's new rule and waits for the packet it allows. */
export function profileChange(name: string, world: World): Contestant {
  return {
    name,
    async round(index) {
      const port = UDP_PORTS.first + 1 + (index % (UDP_PORTS.count - 1));
      const rules = parseRulesValue(profileRules(0, port));
      const before = await world.connection.store.readProfile(CHANGED as ProfileId);
      if (before === undefined || rules.kind !== "valid") throw new Error("no profile to change");
      const write: PolicyWrite = {
        kind: "profile",
        id: before.profile.id,
        base: before.version,
        after: { ...before.profile, rules },
      };
      return world.whenHeard({ port, from: OUTSIDE, text: `${name} ${index}` }, () => commit(world, write));
    },
  };
}

/** What the bare script feeds for that change. */
export function profileTexts(change: { readonly key: string; readonly value?: string }): FloorTexts {
  if (change.key !== rulesKey(0)) return {};
  const port = /"dst_ports":\[(\d+)\]/.exec(change.value ?? "")?.[1];
  const chain = `tortie-pi-${CHANGED}`;
  const line = `-I ${chain} 1 -p udp -m multiport --dports ${port} -g tortie-accept`;
  return { tables: `*filter\n-D ${chain} 1\n${line}\nCOMMIT\n` };
}

/** Adds one endpoint elsewhere that carries the big tag, and waits for a packet from its address. */
export function memberChange(name: string, world: World, firstIndex: number): Contestant {
  return {
    name,
    async round(index) {
      const [key, value] = remoteEndpoint(firstIndex + index);
      const parsed = parsePolicyKey(key);
      const endpoint = parseEndpointValue(value);
      if (parsed?.kind !== "endpoint" || endpoint.kind !== "valid") throw new Error(key);
      const [net] = endpoint.value.ipv4Nets;
      const write: PolicyWrite = { kind: "endpoint", key: parsed.key, base: 0, after: endpoint.value };
      const packet = { port: UDP_PORTS.member, from: net?.addressText ?? "", text: `${name} ${index}` };
      return world.whenHeard(packet, () => commit(world, write));
    },
  };
}

/** What the bare script feeds for that. */
export function memberTexts(change: { readonly key: string; readonly value?: string }): FloorTexts {
  const address = /"ipv4_nets":\["([\d.]+)/.exec(change.value ?? "")?.[1];
  const set = `tortie-4a-${BIG_TAG}`;
  return address === undefined ? {} : { sets: { text: `add ${set} ${address}\n`, set } };
}

let requests = 0;

async function commit(world: World, write: PolicyWrite): Promise<void> {
  requests += 1;
  const journal = { requestId: `bench-${requests}`, who: "bench", at: "2026-01-01T00:00:00Z", edits: [] };
  const done = await world.connection.store.commit({ writes: [write], journal });
  if (!done.ok) throw new Error(JSON.stringify(done.error));
}
