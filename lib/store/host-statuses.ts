import type { HostStatus } from "#store/node-status-store.ts";
import { parseHostStatus } from "#store/parse-host-status.ts";
import type { WatchEvent } from "#store/policy-store.ts";
import { hostOfStatusKey } from "#store/store-keys.ts";

/** The statuses among the keys of all hosts, sorted by host. */
export function hostStatuses(valueByKey: ReadonlyMap<string, string>): readonly HostStatus[] {
  const statuses: HostStatus[] = [];
  for (const [key, value] of valueByKey) {
    const host = hostOfStatusKey(key);
    const status = host === undefined ? undefined : parseHostStatus(host, value);
    if (status !== undefined) statuses.push(status);
  }
  return statuses.sort((a, b) => (a.host < b.host ? -1 : 1));
}

/** Turns a watch of the hosts' keys into lists of statuses: the present one first, then one per transaction. */
export async function* watchHostStatuses(
  events: AsyncIterable<WatchEvent>,
): AsyncGenerator<readonly HostStatus[], void> {
  const valueByKey = new Map<string, string>();
  for await (const event of events) {
    if (event.kind === "snapshot") {
      valueByKey.clear();
      for (const { key, value } of event.snapshot.entries) valueByKey.set(key, value);
    } else if (event.kind === "changes") {
      for (const { key, value } of event.changes) {
        if (value === undefined) valueByKey.delete(key);
        else valueByKey.set(key, value);
      }
    } else continue;
    yield hostStatuses(valueByKey);
  }
}
