import type { JournalNote } from "#store/policy-store.ts";

/** One key's change in a journal entry, as stored text; `null` means no value. Plain JSON. */
export type JournalChange = {
  readonly key: string;
  readonly after: string | null;
  /** Present unless the previous value is the `after` of an earlier entry of ours. */
  readonly before?: string | null;
};

/** The value of a journal key: who changed what, why, and the values themselves. */
export type JournalEntry = JournalNote & { readonly changes: readonly JournalChange[] };

/** The bytes of a journal entry. */
export function formatJournalEntry(note: JournalNote, changes: readonly JournalChange[]): string {
  const { requestId, who, at, edits } = note;
  const entry: JournalEntry = {
    requestId,
    who,
    at,
    ...(note.note !== undefined && { note: note.note }),
    edits,
    changes,
  };
  return JSON.stringify(entry);
}
