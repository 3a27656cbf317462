import { LayeredMap } from "#policy/layout/layered-map.ts";

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

/** Smaller maps are copied: that costs less than a layer does afterwards, and a plain map can be sent to a worker. */
const MIN_LAYERED = 4_096;
/** A layer is copied at each change, the map below only when it has grown to this. */
const MAX_LAYER = 512;

/** A map being changed; the old one is never touched. */
export type SortedMapDraft<K extends string, V> = {
  readonly base: ReadonlyMap<K, V>;
  /** What was written so far; `undefined` is a deletion. */
  readonly written: Map<K, V | undefined>;
};

/** Starts changing a map whose keys are in order. */
export function draftOf<K extends string, V>(base: ReadonlyMap<K, V>): SortedMapDraft<K, V> {
  return { base, written: new Map() };
}

/** The value as changed so far. */
export function readDraft<K extends string, V>({ base, written }: SortedMapDraft<K, V>, key: K): V | undefined {
  return written.has(key) ? written.get(key) : base.get(key);
}

/** Sets or, with `undefined`, deletes one key. */
export function writeDraft<K extends string, V>(draft: SortedMapDraft<K, V>, key: K, value: V | undefined): void {
  if (value === undefined && readDraft(draft, key) === undefined) return;
  draft.written.set(key, value);
}

/** The changed map with its keys in order again, or the old map itself when nothing changed. */
export function finishDraft<K extends string, V>({ base, written }: SortedMapDraft<K, V>): ReadonlyMap<K, V> {
  if (written.size === 0) return base;
  const finished = layered(base, written) ?? copied(base, written);
  if (base.size > 0) descents.set(finished, { from: new WeakRef(base), keys: new Set(written.keys()) });
  return finished;
}

type Written<K, V> = ReadonlyMap<K, V | undefined>;

/** The map with a layer above, where it is large and the layer small. */
function layered<K extends string, V>(base: ReadonlyMap<K, V>, written: Written<K, V>): ReadonlyMap<K, V> | undefined {
  const [below, layer] =
    base instanceof LayeredMap ? [base.base, new Map([...base.layer, ...written])] : [base, written];
  return below.size >= MIN_LAYERED && layer.size <= MAX_LAYER ? new LayeredMap<K, V>(below, layer) : undefined;
}

function copied<K extends string, V>(base: ReadonlyMap<K, V>, written: Written<K, V>): ReadonlyMap<K, V> {
  const copy = new Map(base);
  let hasNewKey = false;
  for (const [key, value] of written) {
    if (value === undefined) {
      copy.delete(key);
      continue;
    }
    hasNewKey ||= !copy.has(key);
    copy.set(key, value);
  }
  return hasNewKey ? sortedByKey(copy) : copy;
}

/** Nearly sorted already, which the engine's merge sort takes in linear time. */
function sortedByKey<K extends string, V>(map: ReadonlyMap<K, V>): ReadonlyMap<K, V> {
  return new Map([...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
