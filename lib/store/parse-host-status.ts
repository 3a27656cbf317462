import type { HostStatus } from "#store/node-status-store.ts";

type EndpointState = HostStatus["endpoints"][string];
type Rejected = HostStatus["rejected"][number];

/**
 * Reads a status value that an agent of this or another version wrote: what is missing or odd is left out or takes the
 * value that claims least. `undefined` when it is no status of that host at all.
 */
export function parseHostStatus(host: string, text: string): HostStatus | undefined {
  const value = parseJson(text);
  if (!isRecord(value)) return undefined;
  const {
    version,
    appliedRevision,
    appliedAt,
    lagMs,
    backend,
    inSync,
    rejected,
    endpoints,
    startedAt,
    waitingOrphans,
  } = value;
  return {
    host,
    version: typeof version === "string" ? version : "unknown",
    appliedRevision: typeof appliedRevision === "number" ? appliedRevision : 0,
    ...(typeof appliedAt === "string" && { appliedAt }),
    ...(typeof lagMs === "number" && { lagMs }),
    backend: backend === "nft" || backend === "legacy" ? backend : "dry-run",
    inSync: inSync === true,
    rejected: Array.isArray(rejected) ? rejected.filter(isRejected) : [],
    ...(typeof waitingOrphans === "number" && { waitingOrphans }),
    endpoints: isRecord(endpoints) ? Object.fromEntries(Object.entries(endpoints).filter(isEndpointState)) : {},
    startedAt: typeof startedAt === "string" ? startedAt : "",
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isRejected(value: unknown): value is Rejected {
  return isRecord(value) && typeof value.key === "string" && typeof value.reason === "string";
}

function isEndpointState(entry: [string, unknown]): entry is [string, EndpointState] {
  return entry[1] === "up" || entry[1] === "down" || entry[1] === "error";
}
