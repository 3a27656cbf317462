import type { NodeOptions } from "#dataplane/desired/node-options.ts";
import { describeIssue } from "#policy/describe-issue.ts";
import type { Endpoint, EndpointEntry } from "#policy/endpoint.ts";
import type { Snapshot } from "#policy/snapshot.ts";

/** A stored object this node cannot enforce as its writer meant, and why; it is closed instead. */
export type Rejected = { readonly key: string; readonly reason: string };

/** An endpoint of this host that takes part in dispatch. */
export type LocalEndpoint = { readonly key: string; readonly name: string; readonly endpoint: Endpoint };

export type LocalEndpoints = {
  readonly enforced: readonly LocalEndpoint[];
  readonly rejected: readonly Rejected[];
};

/**
 * This host's endpoints that are valid, active and alone on a managed interface. The rest have no entry in the
 * dispatch tree, which drops: two endpoints on one interface are both closed, since nobody can tell whose packet it is.
 */
export function localEndpoints(snapshot: Snapshot, options: NodeOptions): LocalEndpoints {
  const candidates: LocalEndpoint[] = [];
  const rejected: Rejected[] = [];
  for (const [path, entry] of snapshot.endpoints) {
    if (!path.startsWith(`${options.host}/`)) continue;
    const judged = judge(path, entry, options);
    if (judged.kind === "enforced") candidates.push(judged.endpoint);
    if (judged.kind === "rejected") rejected.push(judged.rejected);
  }
  const claims = new Map<string, number>();
  for (const { endpoint } of candidates) claims.set(endpoint.name, (claims.get(endpoint.name) ?? 0) + 1);
  const isAlone = ({ endpoint }: LocalEndpoint) => claims.get(endpoint.name) === 1;
  const disputed = candidates.filter((candidate) => !isAlone(candidate));
  const reason = (name: string) => `another active endpoint of this host has interface ${name} too`;
  return {
    enforced: candidates.filter(isAlone),
    rejected: [...rejected, ...disputed.map(({ key, endpoint }) => ({ key, reason: reason(endpoint.name) }))],
  };
}

type Judged =
  | { readonly kind: "enforced"; readonly endpoint: LocalEndpoint }
  | { readonly kind: "rejected"; readonly rejected: Rejected }
  | { readonly kind: "inactive" };

function judge(key: string, entry: EndpointEntry, options: NodeOptions): Judged {
  const { value } = entry;
  if (value.kind === "missing") return { kind: "inactive" };
  if (value.kind === "invalid") {
    return { kind: "rejected", rejected: { key, reason: value.issues.map(describeIssue).join("; ") } };
  }
  const endpoint = value.value;
  if (endpoint.state !== "active") return { kind: "inactive" };
  if (!options.interfacePrefixes.some((prefix) => endpoint.name.startsWith(prefix))) {
    const prefixes = options.interfacePrefixes.join(", ");
    return {
      kind: "rejected",
      rejected: { key, reason: `interface ${endpoint.name} does not begin with ${prefixes}` },
    };
  }
  return { kind: "enforced", endpoint: { key, name: entry.key.endpoint, endpoint } };
}
