import type { EndpointEntry } from "#policy/endpoint.ts";
import { formatEndpointKey, type PolicyKey, parsePolicyKey } from "#policy/layout/policy-key.ts";
import { rememberByText } from "#policy/layout/remember-text.ts";
import { draftOf, finishDraft, readDraft, type SortedMapDraft, writeDraft } from "#policy/layout/sorted-map-draft.ts";
import type { Leaf, Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { parseRulesValue } from "#policy/rules-value.ts";
import { shareRules } from "#policy/share-rules.ts";
import type { Sidecar } from "#policy/sidecar/sidecar.ts";
import { parseSidecarValue } from "#policy/sidecar/sidecar-value.ts";
import type { Snapshot, StoredEntry } from "#policy/snapshot.ts";
import { type EndpointReader, keptEndpoint } from "#policy/stored-endpoint.ts";
import { parseTagsValue } from "#policy/tags-value.ts";
import { assertNever } from "#prelude/assert-never.ts";

/** One key written (`value`) or deleted (no `value`). */
export type EntryChange = { readonly key: string; readonly value?: string; readonly modRevision: number };

type HostFacts = { readonly ip?: string; readonly config: ReadonlyMap<string, string> };

type SnapshotDraft = {
  readonly readEndpoint: EndpointReader;
  revision: number;
  ready: string | undefined;
  readonly profiles: SortedMapDraft<ProfileId, Profile>;
  readonly endpoints: SortedMapDraft<string, EndpointEntry>;
  readonly hosts: SortedMapDraft<string, HostFacts>;
  readonly config: SortedMapDraft<string, string>;
  readonly sidecars: SortedMapDraft<ProfileId, Leaf<Sidecar>>;
  readonly malformedKeys: SortedMapDraft<string, string>;
};

const readTags = rememberByText(parseTagsValue);
const readRules = rememberByText(parseRulesValue);
const readSidecar = rememberByText(parseSidecarValue);

const MISSING = { kind: "missing" } as const;

/** What a store without any key holds. */
export const EMPTY_SNAPSHOT: Snapshot = {
  revision: 0,
  profiles: new Map(),
  endpoints: new Map(),
  hosts: new Map(),
  config: new Map(),
  ready: undefined,
};

/** Builds the snapshot of everything stored; keys outside the model count only towards the revision. */
export function snapshotFromEntries(entries: readonly StoredEntry[], readEndpoint = keptEndpoint): Snapshot {
  return applyChanges(EMPTY_SNAPSHOT, entries, readEndpoint);
}

/**
 * The snapshot after the changes, equal to building it anew from the entries that are left, except that a deletion
 * moves the revision too. Whatever did not change is shared with the old snapshot.
 */
export function applyChanges(
  snapshot: Snapshot,
  changes: readonly EntryChange[],
  readEndpoint: EndpointReader = keptEndpoint,
): Snapshot {
  const draft: SnapshotDraft = {
    readEndpoint,
    revision: snapshot.revision,
    ready: snapshot.ready,
    profiles: draftOf(snapshot.profiles),
    endpoints: draftOf(snapshot.endpoints),
    hosts: draftOf(snapshot.hosts),
    config: draftOf(snapshot.config),
    sidecars: draftOf(snapshot.sidecars ?? new Map<ProfileId, Leaf<Sidecar>>()),
    malformedKeys: draftOf(snapshot.malformedKeys ?? new Map<string, string>()),
  };
  for (const change of changes) applyChange(draft, change);
  const sidecars = finishDraft(draft.sidecars);
  const malformedKeys = finishDraft(draft.malformedKeys);
  return {
    revision: draft.revision,
    profiles: finishDraft(draft.profiles),
    endpoints: finishDraft(draft.endpoints),
    hosts: finishDraft(draft.hosts),
    config: finishDraft(draft.config),
    ready: draft.ready,
    ...(sidecars.size > 0 ? { sidecars } : {}),
    ...(malformedKeys.size > 0 ? { malformedKeys } : {}),
  };
}

function applyChange(draft: SnapshotDraft, change: EntryChange): void {
  const key = parsePolicyKey(change.key);
  // A comment is no policy: nodes have nothing to catch up with.
  if (key?.kind !== "profile-sidecar") draft.revision = Math.max(draft.revision, change.modRevision);
  if (key === undefined) return;
  const { value } = change;
  switch (key.kind) {
    case "ready":
      draft.ready = value;
      break;
    case "config":
      writeDraft(draft.config, key.name, value);
      break;
    case "host-ip":
    case "host-config":
      writeDraft(draft.hosts, key.host, changeHost(readDraft(draft.hosts, key.host), key, value));
      break;
    case "endpoint": {
      const path = formatEndpointKey(key.key);
      writeDraft(draft.endpoints, path, value === undefined ? undefined : draft.readEndpoint(path, value));
      break;
    }
    case "profile-tags":
    case "profile-rules":
      writeDraft(draft.profiles, key.id, changeProfile(readDraft(draft.profiles, key.id), key, value));
      break;
    case "profile-sidecar":
      writeDraft(draft.sidecars, key.id, value === undefined ? undefined : readSidecar(value));
      break;
    case "bad-profile-id":
      writeDraft(draft.malformedKeys, change.key, value === undefined ? undefined : key.found);
      break;
    default:
      assertNever(key);
  }
}

function changeHost(
  host: HostFacts | undefined,
  key: Extract<PolicyKey, { kind: "host-ip" | "host-config" }>,
  value: string | undefined,
): HostFacts | undefined {
  const config = new Map(host?.config);
  let ip = host?.ip;
  if (key.kind === "host-ip") ip = value;
  else if (value === undefined) config.delete(key.name);
  else config.set(key.name, value);
  if (ip === undefined && config.size === 0) return undefined;
  const sorted = new Map([...config].sort(([a], [b]) => (a < b ? -1 : 1)));
  return ip === undefined ? { config: sorted } : { ip, config: sorted };
}

function changeProfile(
  profile: Profile | undefined,
  key: Extract<PolicyKey, { kind: "profile-tags" | "profile-rules" }>,
  value: string | undefined,
): Profile | undefined {
  const before: Profile = profile ?? { id: key.id, tags: MISSING, rules: MISSING };
  const after: Profile =
    key.kind === "profile-tags"
      ? { ...before, tags: value === undefined ? MISSING : readTags(value) }
      : { ...before, rules: value === undefined ? MISSING : shareRules(before.rules, readRules(value)) };
  return after.tags.kind === "missing" && after.rules.kind === "missing" ? undefined : after;
}
