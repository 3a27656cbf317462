import { parseProfileEdit } from "#policy/edit/parse-profile-edit.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";

/** One save as the journal has it: the edits of one profile, and what each key held after it. */
export type SavedEdits = {
  readonly revision: number;
  readonly edits: readonly ProfileEdit[];
  readonly after: ReadonlyMap<string, string | null>;
};

type Answer = { readonly kvs?: readonly { readonly value: string; readonly mod_revision: string }[] };
type Entry = {
  readonly edits: readonly { readonly kind: string; readonly edits?: readonly unknown[] }[];
  readonly changes: readonly { readonly key: string; readonly after: string | null }[];
};

/** Every save the board noted, in the order of the store. */
export async function readJournal(endpoint: string): Promise<readonly SavedEdits[]> {
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  const range = { key: base64("/tortie/v1/journal/"), range_end: base64("/tortie/v1/journal0") };
  const response = await fetch(`${endpoint}/v3/kv/range`, { method: "POST", body: JSON.stringify(range) });
  const { kvs = [] } = (await response.json()) as Answer;
  const saved = kvs.map(({ value, mod_revision }): SavedEdits => {
    const entry = JSON.parse(Buffer.from(value, "base64").toString()) as Entry;
    return {
      revision: Number(mod_revision),
      edits: entry.edits.flatMap(({ edits = [] }) => edits.map(editOf)),
      after: new Map(entry.changes.map(({ key, after }) => [key, after])),
    };
  });
  return saved.sort((a, b) => a.revision - b.revision);
}

function editOf(value: unknown): ProfileEdit {
  const edit = parseProfileEdit(value);
  if (!edit.ok) throw new Error(`the journal holds no edit: ${JSON.stringify(value)}`);
  return edit.value;
}
