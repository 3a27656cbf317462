import type { EndpointEntry } from "#policy/endpoint.ts";
import type { Leaf, Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Sidecar } from "#policy/sidecar/sidecar.ts";

/** One stored key under `/calico/v1/` with its text and the etcd revision that wrote it. Plain JSON. */
export type StoredEntry = { readonly key: string; readonly value: string; readonly modRevision: number };

/**
 * The whole policy state at one revision, parsed. Maps iterate in sorted key order, so that everything
 * derived from a snapshot is deterministic.
 */
export type Snapshot = {
  /** The newest modRevision among the entries (cli.md, Revisions); 0 for an empty store. */
  readonly revision: number;
  readonly profiles: ReadonlyMap<ProfileId, Profile>;
  /** Keyed by formatEndpointKey: `host/orchestrator/workload/endpoint`. */
  readonly endpoints: ReadonlyMap<string, EndpointEntry>;
  /** Host name to its known addresses (`bird_ip`, or a state file's `ip`), and its own config values. */
  readonly hosts: ReadonlyMap<string, { readonly ip?: string; readonly config: ReadonlyMap<string, string> }>;
  /** Global `/calico/v1/config/<Name>` values. */
  readonly config: ReadonlyMap<string, string>;
  /** `undefined` when the key is missing, which counts as ready. */
  readonly ready: string | undefined;
  /** What is kept beside profiles, where the reader asked for it; decisions never look at it. Absent when there is none. */
  readonly sidecars?: ReadonlyMap<ProfileId, Leaf<Sidecar>>;
  /** Profile keys whose id breaks the rule for names, with that id; nothing can refer to them. Absent when there are none. */
  readonly malformedKeys?: ReadonlyMap<string, string>;
};
