import { formatEndpointValue } from "#policy/endpoint-value.ts";
import { endpointKeyPath } from "#policy/layout/policy-key.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { applyChanges, type EntryChange } from "#policy/snapshot-from-entries.ts";

type Changed<Value> = { readonly put: readonly (readonly [string, Value])[]; readonly removed: readonly string[] };

/** What leads from one snapshot to the next: only what differs crosses to the worker, which keeps the rest. */
export type SnapshotPatch = {
  readonly revision: number;
  readonly ready: string | undefined;
  readonly maps: { readonly [Key in MapKey]: Changed<unknown> };
  /** As stored text: an endpoint is read when it is looked at, and what reads it does not cross to a worker. */
  readonly endpoints: readonly EntryChange[];
};

const MAPS = ["profiles", "hosts", "config", "malformedKeys"] as const satisfies readonly (keyof Snapshot)[];
type MapKey = (typeof MAPS)[number];
type AnyMap = ReadonlyMap<string, unknown>;

const NOTHING: AnyMap = new Map();

/** The difference, by identity: snapshots that follow each other share what did not change. */
export function patchBetween(before: Snapshot, after: Snapshot): SnapshotPatch {
  const changed = (key: MapKey): Changed<unknown> => {
    const [old, next] = [mapOf(before, key), mapOf(after, key)];
    if (old === next) return { put: [], removed: [] };
    return {
      put: [...next].filter(([name, value]) => old.get(name) !== value),
      removed: [...old.keys()].filter((name) => !next.has(name)),
    };
  };
  const maps = Object.fromEntries(MAPS.map((key) => [key, changed(key)])) as SnapshotPatch["maps"];
  return { revision: after.revision, ready: after.ready, maps, endpoints: endpointChanges(before, after) };
}

/** The snapshot after the patch; its maps are in the order of their keys, as every snapshot's are. */
export function applyPatch(before: Snapshot, { revision, ready, maps, endpoints }: SnapshotPatch): Snapshot {
  const next = (key: MapKey): AnyMap => {
    const { put, removed } = maps[key];
    const old = mapOf(before, key);
    if (put.length + removed.length === 0) return old;
    const entries = new Map([...old, ...put]);
    for (const name of removed) entries.delete(name);
    return new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  const { malformedKeys: _old, ...rest } = applyChanges(before, endpoints);
  const { malformedKeys, ...others } = Object.fromEntries(MAPS.map((key) => [key, next(key)]));
  const bad = malformedKeys === undefined || malformedKeys.size === 0 ? {} : { malformedKeys };
  return { ...rest, ...others, ...bad, revision, ready } as Snapshot;
}

function endpointChanges(before: Snapshot, after: Snapshot): readonly EntryChange[] {
  if (before.endpoints === after.endpoints) return [];
  const changes: EntryChange[] = [];
  for (const [name, entry] of after.endpoints) {
    if (before.endpoints.get(name) === entry) continue;
    const { key, value } = entry;
    const text = value.kind === "valid" ? formatEndpointValue(value.value) : value.kind === "invalid" ? value.text : "";
    changes.push({ key: endpointKeyPath(key), value: text, modRevision: 0 });
  }
  for (const [name, { key }] of before.endpoints) {
    if (!after.endpoints.has(name)) changes.push({ key: endpointKeyPath(key), modRevision: 0 });
  }
  return changes;
}

function mapOf(snapshot: Snapshot, key: MapKey): AnyMap {
  return snapshot[key] ?? NOTHING;
}
