/** A map being changed: the old one is copied at the first change and never touched. */
export type SortedMapDraft<K extends string, V> = {
  readonly base: ReadonlyMap<K, V>;
  copy?: Map<K, V>;
  hasNewKey: boolean;
};

/** Starts changing a map whose keys are in order. */
export function draftOf<K extends string, V>(base: ReadonlyMap<K, V>): SortedMapDraft<K, V> {
  return { base, hasNewKey: false };
}

/** The value as changed so far. */
export function readDraft<K extends string, V>(draft: SortedMapDraft<K, V>, key: K): V | undefined {
  return (draft.copy ?? draft.base).get(key);
}

/** Sets or, with `undefined`, deletes one key. */
export function writeDraft<K extends string, V>(draft: SortedMapDraft<K, V>, key: K, value: V | undefined): void {
  if (value === undefined && !(draft.copy ?? draft.base).has(key)) return;
  draft.copy ??= new Map(draft.base);
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
  if (!draft.hasNewKey) return draft.copy;
  // Nearly sorted already, which the engine's merge sort takes in linear time.
  return new Map([...draft.copy].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
