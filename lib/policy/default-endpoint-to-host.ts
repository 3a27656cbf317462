import type { Snapshot } from "#policy/snapshot.ts";

/** What happens to a packet from an endpoint to its own host after the exemptions (policy-model 2.9). */
export type EndpointToHostAction = "DROP" | "RETURN" | "ACCEPT";

const OPTION = "DefaultEndpointToHostAction";

/** The host's setting, else the global one, else DROP; a value that is none of the three closes as well. */
export function endpointToHostAction(snapshot: Snapshot, host: string): EndpointToHostAction {
  const value = snapshot.hosts.get(host)?.config.get(OPTION) ?? snapshot.config.get(OPTION);
  return value === "RETURN" || value === "ACCEPT" ? value : "DROP";
}

/** False while the ready flag holds anything but `true`: agents then wait and change nothing. A missing flag is ready. */
export function isReady(snapshot: Snapshot): boolean {
  return snapshot.ready === undefined || snapshot.ready === "true";
}
