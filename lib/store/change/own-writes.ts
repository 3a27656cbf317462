import type { KeyRevision, Transaction } from "#store/change/plan-commit.ts";

const MAX_REMEMBERED = 10_000;

/** The newest revisions this process wrote, so that a journal entry need not repeat what the one before it says. */
export interface OwnWrites {
  add(transaction: Transaction, revision: number): void;
  has(at: KeyRevision): boolean;
}

/** An empty memory of own writes; it forgets everything rather than grow without end. */
export function ownWrites(): OwnWrites {
  const revisionByKey = new Map<string, number>();
  return {
    add({ puts }, revision) {
      if (revisionByKey.size + puts.length > MAX_REMEMBERED) revisionByKey.clear();
      for (const { key } of puts) revisionByKey.set(key, revision);
    },
    has: ({ key, modRevision }) => modRevision > 0 && revisionByKey.get(key) === modRevision,
  };
}
