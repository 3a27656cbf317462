import type { Endpoint, EndpointEntry, EndpointKey } from "#policy/endpoint.ts";
import type { Issue } from "#policy/issue.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Snapshot } from "#policy/snapshot.ts";

/** A profile in an endpoint's list, and whether it can do what its place promises. */
export type ListedProfile = {
  readonly id: ProfileId;
  /** To a node, missing and invalid are the same: new traffic that reaches it is dropped. */
  readonly state: "fine" | "missing" | "invalid";
};

/** One line of the table. */
export type EndpointRow = {
  /** `host/orchestrator/workload/endpoint` */
  readonly id: string;
  readonly key: EndpointKey;
  readonly addresses: readonly string[];
  readonly profiles: readonly ListedProfile[];
  readonly value:
    | { readonly kind: "valid"; readonly endpoint: Endpoint }
    | { readonly kind: "invalid"; readonly text: string; readonly issues: readonly Issue[] };
};

/** Every endpoint, in key order; one that cannot be read is a row as well. */
export function endpointRows(snapshot: Snapshot): readonly EndpointRow[] {
  return [...snapshot.endpoints].flatMap(([id, entry]) => endpointRow(id, entry, snapshot) ?? []);
}

/** Keeps the rows in which every word of the query stands somewhere. */
export function filterRows(rows: readonly EndpointRow[], query: string): readonly EndpointRow[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0 ? rows : rows.filter((row) => words.every((word) => searchText(row).includes(word)));
}

/** How a profile of that id stands in the policy. */
export function listedProfile(id: ProfileId, snapshot: Snapshot): ListedProfile {
  const rules = snapshot.profiles.get(id)?.rules.kind ?? "missing";
  return { id, state: rules === "valid" ? "fine" : rules };
}

function endpointRow(id: string, { key, value }: EndpointEntry, snapshot: Snapshot): EndpointRow | undefined {
  if (value.kind === "missing") return undefined;
  if (value.kind === "invalid") {
    const { text, issues } = value;
    return { id, key, addresses: [], profiles: [], value: { kind: "invalid", text, issues } };
  }
  const endpoint = value.value;
  return {
    id,
    key,
    addresses: [...endpoint.ipv4Nets, ...endpoint.ipv6Nets].map(({ addressText }) => addressText),
    profiles: endpoint.profileIds.map((each) => listedProfile(each, snapshot)),
    value: { kind: "valid", endpoint },
  };
}

function searchText({ id, addresses, profiles, value }: EndpointRow): string {
  const facts =
    value.kind === "valid" ? [value.endpoint.name, value.endpoint.mac ?? "", value.endpoint.state] : ["invalid"];
  const states = profiles.flatMap((profile) => [profile.id, profile.state]);
  return [id, ...facts, ...addresses, ...states].join(" ").toLowerCase();
}
