import type { Author, Deps } from "#operations/deps.ts";
import type { JournalEdit } from "#operations/transaction/journal-edit.ts";
import type { Result } from "#prelude/result.ts";
import {
  type CommitRefusal,
  type PolicyChange,
  type PolicyGuard,
  type PolicyWrite,
  StorePermissionError,
  StoreUnavailableError,
} from "#store/policy-store.ts";

/** One transaction before it is stamped with who asks and when. */
export type Draft = {
  readonly requestId: string;
  readonly writes: readonly PolicyWrite[];
  readonly guards?: readonly PolicyGuard[];
  readonly edits: readonly JournalEdit[];
};

const MAX_SENDS = 3;
const RESEND_DELAY_MS = 150;

/**
 * Commits a draft with its journal entry. After a time-out the very same change is sent again, under the same
 * request id, so a write that did take effect is recognised and never applied twice.
 */
export async function commitChange(
  deps: Deps,
  author: Author,
  draft: Draft,
): Promise<Result<{ readonly revision: number }, CommitRefusal>> {
  const change: PolicyChange = {
    writes: draft.writes,
    ...(draft.guards === undefined ? {} : { guards: draft.guards }),
    journal: {
      requestId: draft.requestId,
      who: author.who,
      at: new Date(deps.now()).toISOString(),
      ...(author.note === undefined ? {} : { note: author.note }),
      edits: draft.edits,
    },
  };
  for (let send = 1; ; send++) {
    try {
      return await deps.store.commit(change);
    } catch (error) {
      if (!isOutcomeUnknown(error) || send === MAX_SENDS) throw error;
      await new Promise((resolve) => setTimeout(resolve, RESEND_DELAY_MS * send));
    }
  }
}

function isOutcomeUnknown(error: unknown): boolean {
  return error instanceof StoreUnavailableError && !(error instanceof StorePermissionError);
}
