import type { StoredValue } from "#store/change/stored-value.ts";
import { RevisionCompactedError, RevisionUnknownError, type StoredChange } from "#store/policy-store.ts";

/** What happened in one revision. */
export type LoggedTransaction = { readonly revision: number; readonly changes: readonly StoredChange[] };

type Values = ReadonlyMap<string, StoredValue>;

/** Values by key over time: the present, the past back to the last compaction, and what led from one to the other. */
export interface MemoryHistory {
  revision(): number;
  present(): Values;
  /** Throws RevisionCompactedError or RevisionUnknownError. */
  valuesAt(revision: number): Values;
  /** The next transaction after the revision; undefined when there is none yet. Throws RevisionCompactedError. */
  after(revision: number): LoggedTransaction | undefined;
  /** Puts the texts and deletes the keys in one new revision. */
  append(puts: ReadonlyMap<string, string>, deletes: readonly string[]): number;
  /** Forgets everything older than now. */
  compact(): void;
}

// A store that holds nothing is at revision 1, as in etcd.
const FIRST_REVISION = 1;

/** A history without any key. */
export function memoryHistory(): MemoryHistory {
  let log: LoggedTransaction[] = [];
  let oldest = { revision: FIRST_REVISION, values: new Map<string, StoredValue>() };
  const values = new Map<string, StoredValue>();
  const revision = () => oldest.revision + log.length;
  const assertKept = (wanted: number) => {
    if (wanted < oldest.revision) throw new RevisionCompactedError(`Revision ${wanted} has been compacted`);
    if (wanted > revision()) throw new RevisionUnknownError(`Revision ${wanted} lies in the future`);
  };
  return {
    revision,
    present: () => values,
    valuesAt(wanted) {
      assertKept(wanted);
      const past = new Map(oldest.values);
      for (const transaction of log.slice(0, wanted - oldest.revision)) applyTo(past, transaction);
      return past;
    },
    after(position) {
      assertKept(position);
      return log[position - oldest.revision];
    },
    append(puts, deletes) {
      const modRevision = revision() + 1;
      const changes = [
        ...[...puts].map(([key, value]) => ({ key, value, modRevision })),
        ...deletes.map((key) => ({ key, modRevision })),
      ];
      const transaction = { revision: modRevision, changes };
      log.push(transaction);
      applyTo(values, transaction);
      return modRevision;
    },
    compact() {
      oldest = { revision: revision(), values: new Map(values) };
      log = [];
    },
  };
}

function applyTo(values: Map<string, StoredValue>, { changes }: LoggedTransaction): void {
  for (const { key, value, modRevision } of changes) {
    if (value === undefined) values.delete(key);
    else values.set(key, { text: value, modRevision });
  }
}
