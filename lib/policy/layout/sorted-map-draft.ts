/** From which map another one was made, and the keys that were written for it. */
type Descent = { readonly from: WeakRef<ReadonlyMap<string, unknown>>; readonly keys: ReadonlySet<string> };

const descents = new WeakMap<ReadonlyMap<string, unknown>, Descent>();

/**
 * The keys that may differ between two maps, when the later one was made from the earlier one in one go; undefined when
 * that is not known. Lets who follows successive snapshots look at what changed only.
 */
export function keysWritten(
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): ReadonlySet<string> | undefined {
  const descent = descents.get(after);
  return descent?.from.deref() === before ? descent.keys : undefined;
}

/** A map being changed: the old one is copied at the first change and never touched. */
export type SortedMapDraft<K extends string, V> = {
  readonly base: ReadonlyMap<K, V>;
  copy?: Map<K, V>;
  hasNewKey: boolean;
  readonly written: Set<K>;
};

/** Starts changing a map whose keys are in order. */
export function draftOf<K extends string, V>(base: ReadonlyMap<K, V>): SortedMapDraft<K, V> {
  return { base, hasNewKey: false, written: new Set() };
}

/** The value as changed so far. */
export function readDraft<K extends string, V>(draft: SortedMapDraft<K, V>, key: K): V | undefined {
  return (draft.copy ?? draft.base).get(key);
}

/** Sets or, with `undefined`, deletes one key. */
export function writeDraft<K extends string, V>(draft: SortedMapDraft<K, V>, key: K, value: V | undefined): void {
  if (value === undefined && !(draft.copy ?? draft.base).has(key)) return;
  draft.copy ??= new Map(draft.base);
  draft.written.add(key);
  if (value === undefined) {
    draft.copy.delete(key);
    return;
  }
  draft.hasNewKey ||= !draft.copy.has(key);
  draft.copy.set(key, value);
}

/** The changed map with its keys in order again, or the old map itself when nothing changed. */
export function finishDraft<K extends string, V>(draft: SortedMapDraft<K, V>): ReadonlyMap<K, V> {
  if (draft.copy === undefined) return draft.base;
  const finished = draft.hasNewKey ? sortedByKey(draft.copy) : draft.copy;
  if (draft.base.size > 0) descents.set(finished, { from: new WeakRef(draft.base), keys: draft.written });
  return finished;
}

/** Nearly sorted already, which the engine's merge sort takes in linear time. */
function sortedByKey<K extends string, V>(map: ReadonlyMap<K, V>): ReadonlyMap<K, V> {
  return new Map([...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
