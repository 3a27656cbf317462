import type { StoredEntry } from "#policy/snapshot.ts";
import type { EntryChange } from "./event-types.ts";

type Entries = ReadonlyMap<string, StoredEntry>;

/** What leads from one set of entries to another, sorted by key. */
export function changesBetween(before: Entries, after: Entries): readonly EntryChange[] {
  const changes: EntryChange[] = [];
  for (const entry of after.values()) {
    const known = before.get(entry.key);
    if (known?.modRevision !== entry.modRevision || known.value !== entry.value) changes.push(entry);
  }
  for (const { key, modRevision } of before.values()) {
    if (!after.has(key)) changes.push({ key, modRevision });
  }
  return changes.sort((a, b) => (a.key < b.key ? -1 : 1));
}
