import type { Author, Deps } from "#operations/deps.ts";
import { type BreaksIntents, intentsBrokenBy } from "#operations/transaction/intents-broken-by.ts";
import type { JournalEdit } from "#operations/transaction/journal-edit.ts";
import { err, type Result } from "#prelude/result.ts";
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
  /** Says what the store would refuse, and writes nothing; intents are not asked. */
  readonly isRehearsal?: boolean;
};

/** Why nothing was written. */
export type WriteRefusal = CommitRefusal | BreaksIntents;

const MAX_SENDS = 3;
const RESEND_DELAY_MS = 150;

/**
 * Commits a draft with its journal entry. A draft that breaks an intent its author has not acknowledged is refused. After a time-out the very same change is sent again, under the same
 * request id, so a write that did take effect is recognised and never applied twice.
 */
export async function commitChange(
  deps: Deps,
  author: Author,
  draft: Draft,
): Promise<Result<{ readonly revision: number }, WriteRefusal>> {
  const broken = draft.isRehearsal === true ? [] : await intentsBrokenBy(deps, draft.writes);
  const acknowledged = broken.filter(({ id }) => author.acknowledgedIntents?.includes(id));
  if (acknowledged.length < broken.length && deps.tellBrokenIntents === undefined) {
    return err({ kind: "breaks-intents", intents: broken });
  }
  const change: PolicyChange = {
    writes: draft.writes,
    ...(draft.guards === undefined ? {} : { guards: draft.guards }),
    ...(draft.isRehearsal === true && { isRehearsal: true }),
    journal: {
      requestId: draft.requestId,
      who: author.who,
      at: new Date(deps.now()).toISOString(),
      ...(author.note === undefined ? {} : { note: author.note }),
      edits:
        broken.length === 0
          ? draft.edits
          : [...draft.edits, { kind: "break-intents", intents: broken.map(({ id }) => id) }],
    } satisfies PolicyChange["journal"] & { readonly edits: readonly JournalEdit[] },
  };
  const committed = await sendUntilKnown(deps, change);
  if (committed.ok && broken.length > 0) await deps.tellBrokenIntents?.(broken);
  return committed;
}

async function sendUntilKnown(
  deps: Deps,
  change: PolicyChange,
): Promise<Result<{ readonly revision: number }, CommitRefusal>> {
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
