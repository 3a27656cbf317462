import type { Endpoint, EndpointKey } from "#policy/endpoint.ts";
import type { Intent, IntentId } from "#policy/intent/intent.ts";
import type { Leaf, Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Sidecar } from "#policy/sidecar/sidecar.ts";
import type { StoredEntry } from "#policy/snapshot.ts";
import type { Result } from "#prelude/result.ts";

/** Every policy key at one store revision, sorted by key. */
export type StoreSnapshot = {
  /** The store revision the snapshot was read at; a watch goes on from the next one. */
  readonly storeRevision: number;
  readonly entries: readonly StoredEntry[];
};

/** One key's change; `value` is absent when the key was deleted. */
export type StoredChange = { readonly key: string; readonly value?: string; readonly modRevision: number };

/** What a watch tells, in order. After `snapshot` nothing older is true; `changes` of one transaction come together. */
export type WatchEvent =
  | { readonly kind: "snapshot"; readonly snapshot: StoreSnapshot }
  | { readonly kind: "changes"; readonly storeRevision: number; readonly changes: readonly StoredChange[] }
  | { readonly kind: "disconnected"; readonly detail: string }
  | { readonly kind: "connected" };

/** The modRevisions a profile was read at; 0 means the key did not exist. */
export type ProfileVersion = { readonly tags: number; readonly rules: number };

export type VersionedProfile = { readonly profile: Profile; readonly version: ProfileVersion };

/** What is kept beside a profile, and the modRevision to compare on save; 0 when there is nothing. */
export type VersionedSidecar = { readonly sidecar: Leaf<Sidecar>; readonly modRevision: number };

/** One object to write; the transaction compares `base` with what is stored now. `after` absent deletes. */
export type PolicyWrite =
  | {
      readonly kind: "profile";
      readonly id: ProfileId;
      readonly base: ProfileVersion;
      readonly after?: Profile;
      /** Writes `after.sidecar` too, comparing this modRevision; without it what is beside the profile stays untouched. */
      readonly sidecarBase?: number;
    }
  | { readonly kind: "endpoint"; readonly key: EndpointKey; readonly base: number; readonly after?: Endpoint }
  /** A promise about the whole policy, under a key of its own. */
  | { readonly kind: "intent"; readonly id: IntentId; readonly base: number; readonly after?: Intent }
  /** A host's address, a config value or the ready flag: plain text under its own key. */
  | { readonly kind: "setting"; readonly key: string; readonly base: number; readonly after?: string };

/** A key that must still be at this modRevision (0: must not exist) though it is not written. */
export type PolicyGuard = { readonly key: string; readonly modRevision: number };

/** Goes into `/tortie/v1/journal/` in the same transaction. */
export type JournalNote = {
  /** Identifies the person's one request across retries after a time-out. */
  readonly requestId: string;
  readonly who: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly note?: string;
  /** The edits as values, plain JSON. */
  readonly edits: unknown;
};

export type PolicyChange = {
  readonly writes: readonly PolicyWrite[];
  readonly guards?: readonly PolicyGuard[];
  readonly journal: JournalNote;
  /** Answers what the same change would be refused for, and writes nothing; the revision is then 0. */
  readonly isRehearsal?: boolean;
};

/** Expected refusals. Nothing was written. */
export type CommitRefusal =
  | { readonly kind: "conflict"; readonly keys: readonly string[] }
  | {
      readonly kind: "too-large";
      readonly operations: number;
      readonly maxOperations: number;
      readonly bytes: number;
      readonly maxBytes: number;
    };

/** The store cannot be reached or did not answer in time; whether a write took effect is then unknown. */
export class StoreUnavailableError extends Error {
  override readonly name: string = "StoreUnavailableError";
}

/** The store answered, and refuses us: wrong user, password or certificate, or a right is missing. Nothing was written. */
export class StorePermissionError extends StoreUnavailableError {
  override readonly name = "StorePermissionError";
}

/** A revision asked for has been compacted away. */
export class RevisionCompactedError extends Error {
  override readonly name = "RevisionCompactedError";
}

/** A revision asked for lies in the future of the store. */
export class RevisionUnknownError extends Error {
  override readonly name = "RevisionUnknownError";
}

/** The policy state kept in etcd; lib/store/memory passes the same contract suite. All methods throw StoreUnavailableError. */
export interface PolicyStore {
  /** Everything under `/calico/v1/`, consistent at one revision (`atRevision`, else the newest). */
  readSnapshot(options?: { readonly atRevision?: number }): Promise<StoreSnapshot>;
  /** One profile and the revisions to compare on save; `undefined` when neither key exists. */
  readProfile(id: ProfileId): Promise<VersionedProfile | undefined>;
  /** What is kept beside a profile, whether the profile exists or not. */
  readSidecar(id: ProfileId): Promise<VersionedSidecar>;
  /** Every intent as it is stored, consistent at one revision. */
  readIntents(): Promise<StoreSnapshot>;
  /**
   * Writes everything or nothing, with its journal entry, in one transaction; a value that did not change is compared
   * but not written. Repeating a requestId that already took effect answers its first revision.
   */
  commit(change: PolicyChange): Promise<Result<{ readonly revision: number }, CommitRefusal>>;
  /**
   * A snapshot, then every later change, in order, without gaps or repeats; starts over with a new snapshot after
   * compaction, a wiped store or any doubt. Ends when `signal` aborts; never throws for a broken connection.
   */
  watch(signal: AbortSignal): AsyncIterable<WatchEvent>;
  /** The same for what is kept beside profiles, under a prefix of its own. */
  watchSidecars(signal: AbortSignal): AsyncIterable<WatchEvent>;
  /** The same for intents. */
  watchIntents(signal: AbortSignal): AsyncIterable<WatchEvent>;
  close(): Promise<void>;
}
