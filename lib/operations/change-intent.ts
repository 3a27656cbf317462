import type { Author, Deps } from "#operations/deps.ts";
import { commitChange, type WriteRefusal } from "#operations/transaction/commit-change.ts";
import type { Intent, IntentId } from "#policy/intent/intent.ts";
import type { Result } from "#prelude/result.ts";

export type ChangeIntentRequest = {
  readonly id: IntentId;
  /** The modRevision the person saw; 0 writes a new one. A newer one answers `conflict`. */
  readonly base: number;
  /** Absent removes it. */
  readonly after?: Intent;
  readonly requestId?: string;
};

/** Writes, replaces or removes one intent, with its journal entry. An intent that does not hold may be written: it shows as broken. */
export async function changeIntent(
  deps: Deps,
  author: Author,
  { id, base, after, requestId }: ChangeIntentRequest,
): Promise<Result<{ readonly revision: number }, WriteRefusal>> {
  return commitChange(deps, author, {
    requestId: requestId ?? deps.newRequestId(),
    writes: [{ kind: "intent", id, base, ...(after === undefined ? {} : { after }) }],
    edits: [after === undefined ? { kind: "remove-intent", id } : { kind: "write-intent", id, intent: after }],
  });
}
