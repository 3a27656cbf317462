import { askState } from "#testing/ask-state.ts";

/** A JSON object as tests write it. */
export type Json = Readonly<Record<string, unknown>>;

/** One rule that allows everything. */
export const ALLOW = [{ action: "allow" }];
/** A profile without limits. */
export const OPEN = { tags: ["OPEN"], rules: { inbound_rules: ALLOW, outbound_rules: ALLOW } };
/** A profile that has no opinion. */
export const EMPTY = { tags: ["EMPTY"], rules: { inbound_rules: [], outbound_rules: [] } };
/** From nobody in particular to endpoint m. */
export const OUTSIDE = { src: { ip: "192.0.2.9" }, dst: { endpoint: "m" } };
/** A plain request. */
export const HTTP = { ip_version: 4, protocol: "tcp", src_port: 40000, dst_port: 80 };

/** A profile with these inbound rules, free to send. */
export function inbound(...rules: readonly Json[]): Json {
  return { tags: ["X"], rules: { inbound_rules: rules, outbound_rules: ALLOW } };
}

/** A profile with these outbound rules, open to all. */
export function outbound(...rules: readonly Json[]): Json {
  return { tags: ["X"], rules: { inbound_rules: ALLOW, outbound_rules: rules } };
}

/** Endpoint m on h1 with profile X; fields are replaced by name. */
export function endpoint(fields: Json = {}): Json {
  return {
    host: "h1",
    state: "active",
    profile_ids: ["X"],
    ipv4_nets: ["10.0.0.1/32"],
    ipv6_nets: ["fd00::1"],
    ...fields,
  };
}

/** One endpoint m on h1 with profile X, probed from outside; the parts are replaced by name. */
export function state(profiles: Json, endpoints: Json = { m: endpoint() }, config: Json = {}): Json {
  const hosts = { h1: { ip: "172.16.0.1" }, h2: { ip: "172.16.0.2" } };
  return { hosts, config, profiles, endpoints };
}

/** What evaluate answers, in a word. */
export function verdict(given: Json, probe: Json): string {
  return askState(given, probe).verdict;
}
