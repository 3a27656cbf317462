import { intentKey } from "#policy/layout/intent-key.ts";
import { endpointKeyPath, profileRulesKey, profileSidecarKey, profileTagsKey } from "#policy/layout/policy-key.ts";
import { assertNever } from "#prelude/assert-never.ts";
import { formatJournalEntry, type JournalChange } from "#store/change/journal-entry.ts";
import {
  type KeyWrite,
  type StoredValue,
  writeOfEndpoint,
  writeOfIntent,
  writeOfRules,
  writeOfSetting,
  writeOfSidecar,
  writeOfTags,
} from "#store/change/stored-value.ts";
import type { PolicyChange, PolicyWrite } from "#store/policy-store.ts";
import { journalKey, requestKey } from "#store/store-keys.ts";

/** What the store holds under the keys of a change, as read in one go. */
export type StoredValues = ReadonlyMap<string, StoredValue>;

export type KeyRevision = { readonly key: string; readonly modRevision: number };

/** One atomic transaction: if every key is at its revision, put and delete. */
export type Transaction = {
  readonly compares: readonly KeyRevision[];
  readonly puts: readonly { readonly key: string; readonly text: string }[];
  readonly deletes: readonly string[];
};

/** What is to be done about a change, decided without touching the store. */
export type CommitPlan =
  /** The request took effect before, in this revision. */
  | { readonly kind: "repeated"; readonly revision: number }
  | { readonly kind: "conflict"; readonly keys: readonly string[] }
  /** Everything is already as wanted since this revision; there is nothing to write and nothing to note. */
  | { readonly kind: "unchanged"; readonly revision: number }
  | { readonly kind: "transaction"; readonly transaction: Transaction };

/** The keys to read before planning: the request's own, then what is written, then the guards. Each once. */
export function keysOfChange(change: PolicyChange): readonly string[] {
  const policyKeys = [...change.writes.flatMap(keyWrites), ...(change.guards ?? [])].map(({ key }) => key);
  return [...new Set([requestKey(change.journal.requestId), ...policyKeys])];
}

/** Decides what a change needs, from what is stored now. `isOurs` tells whether we wrote that revision of the key. */
export function planCommit(
  change: PolicyChange,
  stored: StoredValues,
  isOurs: (at: KeyRevision) => boolean,
): CommitPlan {
  const noted = requestKey(change.journal.requestId);
  const earlier = stored.get(noted);
  if (earlier !== undefined) return { kind: "repeated", revision: earlier.modRevision };
  const planned = change.writes.flatMap(keyWrites);
  if (new Set(planned.map(({ key }) => key)).size !== planned.length)
    throw new TypeError("One change writes a key twice");
  const expected = [...planned, ...(change.guards ?? [])];
  const stale = expected.filter(({ key, modRevision }) => (stored.get(key)?.modRevision ?? 0) !== modRevision);
  if (stale.length > 0) return { kind: "conflict", keys: [...new Set(stale.map(({ key }) => key))].sort() };
  const writes = planned
    .map(({ key, modRevision, write }) => ({ key, modRevision, write: write(stored.get(key)) }))
    .filter(({ write }) => write.kind !== "keep");
  if (writes.length === 0) {
    return { kind: "unchanged", revision: Math.max(0, ...planned.map(({ modRevision }) => modRevision)) };
  }
  const journalChanges = writes.map(({ key, modRevision, write }): JournalChange => {
    const after = write.kind === "put" ? write.text : null;
    return isOurs({ key, modRevision }) ? { key, after } : { key, after, before: stored.get(key)?.text ?? null };
  });
  const entryKey = journalKey(change.journal.at, change.journal.requestId);
  return {
    kind: "transaction",
    transaction: {
      compares: [...expected.map(({ key, modRevision }) => ({ key, modRevision })), { key: noted, modRevision: 0 }],
      puts: [
        ...writes.flatMap(({ key, write }) => (write.kind === "put" ? [{ key, text: write.text }] : [])),
        { key: entryKey, text: formatJournalEntry(change.journal, journalChanges) },
        { key: noted, text: entryKey },
      ],
      deletes: writes.flatMap(({ key, write }) => (write.kind === "delete" ? [key] : [])),
    },
  };
}

type PlannedWrite = KeyRevision & { readonly write: (stored: StoredValue | undefined) => KeyWrite };

function keyWrites(write: PolicyWrite): readonly PlannedWrite[] {
  switch (write.kind) {
    case "profile": {
      const { id, base, after, sidecarBase } = write;
      const beside: readonly PlannedWrite[] =
        sidecarBase === undefined
          ? []
          : [
              {
                key: profileSidecarKey(id),
                modRevision: sidecarBase,
                write: (stored) => writeOfSidecar(stored, after),
              },
            ];
      return [
        { key: profileTagsKey(id), modRevision: base.tags, write: (stored) => writeOfTags(stored, after) },
        { key: profileRulesKey(id), modRevision: base.rules, write: (stored) => writeOfRules(stored, after) },
        ...beside,
      ];
    }
    case "endpoint": {
      const { key, base, after } = write;
      return [{ key: endpointKeyPath(key), modRevision: base, write: (stored) => writeOfEndpoint(stored, after) }];
    }
    case "intent": {
      const { id, base, after } = write;
      return [{ key: intentKey(id), modRevision: base, write: (stored) => writeOfIntent(stored, after) }];
    }
    case "setting": {
      const { key, base, after } = write;
      return [{ key, modRevision: base, write: (stored) => writeOfSetting(key, stored, after) }];
    }
    default:
      return assertNever(write);
  }
}
