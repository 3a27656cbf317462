import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Family } from "#policy/rule.ts";
import type { Tag } from "#policy/tag.ts";

/** What a workload's data says of it: a value that is there but invalid is enforced as if it were not. */
export type WorkloadState = "active" | "inactive" | "invalid" | "unknown";

/** One end of a packet's path. Addresses are those of one family; the first is the one used unless a probe says else. */
export type Party =
  | {
      readonly kind: "workload";
      readonly state: WorkloadState;
      /** Absent when no data says where it runs: an unknown endpoint. */
      readonly host?: string;
      readonly profileIds: readonly ProfileId[];
      readonly mac?: string;
      readonly addresses: readonly bigint[];
    }
  /** An endpoint that is not there, on a host of its own, holding one profile; any address may be its own. */
  | {
      readonly kind: "hypothetical";
      readonly profileIds: readonly [ProfileId];
      readonly tags: ReadonlySet<Tag>;
    }
  | { readonly kind: "host"; readonly name: string; readonly address?: bigint }
  | { readonly kind: "outside"; readonly address: bigint };

/** A party that policy is applied to. */
export type PolicedParty = Extract<Party, { kind: "workload" | "hypothetical" }>;

/** True for a party with policy of its own. */
export function isPoliced(party: Party): party is PolicedParty {
  return party.kind === "workload" || party.kind === "hypothetical";
}

/** A workload no data speaks of. */
export const UNKNOWN_WORKLOAD: Party = { kind: "workload", state: "unknown", profileIds: [], addresses: [] };

/** The endpoint that `profile:X` stands for (cli.md, PLACE): it holds X and X's tags, and nothing else. */
export function hypotheticalParty(id: ProfileId, profile: Profile | undefined): Party {
  const tags: ReadonlySet<Tag> = new Set(profile?.tags.kind === "valid" ? profile.tags.value : []);
  return { kind: "hypothetical", profileIds: [id], tags };
}

/** True when the packet never leaves the host: between a workload and the machine it runs on. */
export function isOwnHost(workload: Party, host: Party): boolean {
  return workload.kind === "workload" && host.kind === "host" && workload.host === host.name;
}

/** The IPv6 addresses every interface has beside its own: they reach no further than the wire. */
export function isLinkLocal(family: Family, address: bigint): boolean {
  return family === 6 && (address === 0n || address >> 118n === 0x3fan);
}
