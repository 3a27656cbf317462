import type { Finding } from "#analysis/findings/finding.ts";
import { describeIssue } from "#policy/describe-issue.ts";
import type { Leaf } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Snapshot } from "#policy/snapshot.ts";

/** Profiles and endpoints that do not find each other, and stored values that cannot be used. */
export function endpointFindings(snapshot: Snapshot): readonly Finding[] {
  const endpointsByProfile = new Map<ProfileId, string[]>();
  const own: Finding[] = [];
  for (const [name, { value }] of snapshot.endpoints) {
    if (value.kind === "invalid") {
      own.push({ kind: "endpoint-invalid", endpoint: name, reason: reasonOf(value), severity: "error" });
    }
    if (value.kind !== "valid") continue;
    for (const id of new Set(value.value.profileIds)) {
      const list = endpointsByProfile.get(id);
      if (list === undefined) endpointsByProfile.set(id, [name]);
      else list.push(name);
    }
    for (const { cidr, addressText } of [...value.value.ipv4Nets, ...value.value.ipv6Nets]) {
      if (cidr.prefix === (cidr.family === 4 ? 32 : 128)) continue;
      const net = `${addressText}/${cidr.prefix}`;
      own.push({ kind: "address-block", endpoint: name, net, address: addressText, severity: "warning" });
    }
  }
  return [...profileFindings(snapshot, endpointsByProfile), ...own];
}

function profileFindings(snapshot: Snapshot, inUse: ReadonlyMap<ProfileId, readonly string[]>): readonly Finding[] {
  const ids = [...new Set([...snapshot.profiles.keys(), ...inUse.keys()])].sort();
  return ids.flatMap((profile): readonly Finding[] => {
    const stored = snapshot.profiles.get(profile);
    const endpoints = inUse.get(profile);
    const rules = stored?.rules.kind ?? "missing";
    const found: Finding[] = [];
    if (endpoints === undefined) found.push({ kind: "profile-unused", profile, severity: "notice" });
    else if (rules === "missing")
      found.push({ kind: "endpoint-profile-missing", profile, endpoints, severity: "error" });
    else if (rules === "invalid")
      found.push({ kind: "endpoint-profile-invalid", profile, endpoints, severity: "error" });
    for (const leaf of ["tags", "rules"] as const) {
      const value = stored?.[leaf];
      if (value?.kind !== "invalid") continue;
      found.push({ kind: "profile-invalid", profile, leaf, reason: reasonOf(value), severity: "error" });
    }
    return found;
  });
}

function reasonOf(leaf: Extract<Leaf<unknown>, { kind: "invalid" }>): string {
  const [first, ...others] = leaf.issues;
  const text = first === undefined ? "" : describeIssue(first);
  return others.length === 0 ? text : `${text} (and ${others.length} more)`;
}
