import { type PolicyStore, RevisionCompactedError, RevisionUnknownError } from "#store/policy-store.ts";
import type { RevisionRefusal, StateAtRevision } from "#web/queries/state-at-revision.ts";

type RevisionAnswer = { readonly status: number; readonly body: StateAtRevision | RevisionRefusal };

/** Reads the state at a revision given as text; one that is gone (410) or not there yet (404) is an answer. */
export async function stateAtRevision(store: Pick<PolicyStore, "readSnapshot">, text: string): Promise<RevisionAnswer> {
  if (!/^[1-9]\d{0,15}$/.test(text))
    return { status: 400, body: { kind: "invalid-request", detail: "not a revision" } };
  try {
    const { entries } = await store.readSnapshot({ atRevision: Number(text) });
    return { status: 200, body: { entries } };
  } catch (error) {
    if (error instanceof RevisionCompactedError)
      return { status: 410, body: { kind: "compacted", detail: error.message } };
    if (!(error instanceof RevisionUnknownError)) throw error;
    return { status: 404, body: { kind: "unknown-revision", detail: error.message } };
  }
}
