import type { Leaf } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Cidr } from "#policy/rule.ts";

/** The four parts of an endpoint's key. */
export type EndpointKey = {
  readonly host: string;
  readonly orchestrator: string;
  readonly workload: string;
  readonly endpoint: string;
};

/** A valid endpoint value in canonical form; `stored` is the value as it was written. */
export type Endpoint = {
  readonly state: "active" | "inactive";
  /** Interface name. */
  readonly name: string;
  /** Lower case with colons; absent when the data has none (then MACs are not policed). */
  readonly mac?: string;
  /** Ordered: the order of evaluation. */
  readonly profileIds: readonly ProfileId[];
  /** As written, canonical; enforcement uses the address as given before masking (`address` of the net). */
  readonly ipv4Nets: readonly EndpointNet[];
  readonly ipv6Nets: readonly EndpointNet[];
  readonly stored: Readonly<Record<string, unknown>>;
};

/** An `ipvX_nets` entry: its own address (what tag sets and anti-spoofing use) and the block it names. */
export type EndpointNet = { readonly address: bigint; readonly addressText: string; readonly cidr: Cidr };

/** An endpoint key with whatever is stored under it. */
export type EndpointEntry = { readonly key: EndpointKey; readonly value: Leaf<Endpoint> };
