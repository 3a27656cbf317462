/** Smaller sets are copied: that costs less than a layer does afterwards. */
const MIN_LAYERED = 1_024;
/** A layer is copied at each change, the set below only when it has grown to this. */
const MAX_LAYER = 512;

/** A set with some texts added and some removed. What it was made of is left alone, and shared when it is large. */
export function withChanges(
  before: ReadonlySet<string>,
  added: readonly string[],
  removed: readonly string[],
): ReadonlySet<string> {
  const isLayered = before instanceof LayeredSet;
  const layer = new Map(isLayered ? before.layer : []);
  for (const text of added) layer.set(text, true);
  for (const text of removed) layer.set(text, false);
  const base = isLayered ? before.base : before;
  if (base.size >= MIN_LAYERED && layer.size <= MAX_LAYER) return new LayeredSet(base, layer);
  const whole = new Set(base);
  for (const [text, isIn] of layer) {
    if (isIn) whole.add(text);
    else whole.delete(text);
  }
  return whole;
}

/** A set and what came and went since. The set below is never changed again. */
class LayeredSet implements ReadonlySet<string> {
  readonly base: ReadonlySet<string>;
  readonly layer: ReadonlyMap<string, boolean>;
  readonly size: number;

  constructor(base: ReadonlySet<string>, layer: ReadonlyMap<string, boolean>) {
    this.base = base;
    this.layer = layer;
    let size = base.size;
    for (const [text, isIn] of layer) if (isIn !== base.has(text)) size += isIn ? 1 : -1;
    this.size = size;
  }

  has(text: string): boolean {
    return this.layer.get(text) ?? this.base.has(text);
  }

  *values(): SetIterator<string> {
    for (const text of this.base) if (this.layer.get(text) !== false) yield text;
    for (const [text, isIn] of this.layer) if (isIn && !this.base.has(text)) yield text;
  }

  keys(): SetIterator<string> {
    return this.values();
  }

  *entries(): SetIterator<[string, string]> {
    for (const text of this.values()) yield [text, text];
  }

  forEach(use: (text: string, again: string, set: ReadonlySet<string>) => void): void {
    for (const text of this.values()) use(text, text, this);
  }

  [Symbol.iterator](): SetIterator<string> {
    return this.values();
  }
}
