/** A map whose keys are in order, and what was written since (`undefined`: deleted). The map below is never changed. */
export class LayeredMap<K extends string, V> implements ReadonlyMap<K, V> {
  readonly base: ReadonlyMap<K, V>;
  readonly layer: ReadonlyMap<K, V | undefined>;
  readonly size: number;

  constructor(base: ReadonlyMap<K, V>, layer: ReadonlyMap<K, V | undefined>) {
    this.base = base;
    this.layer = layer;
    let size = base.size;
    for (const [key, value] of layer) if ((value !== undefined) !== base.has(key)) size += value === undefined ? -1 : 1;
    this.size = size;
  }

  get(key: K): V | undefined {
    return this.layer.has(key) ? this.layer.get(key) : this.base.get(key);
  }

  has(key: K): boolean {
    return this.get(key) !== undefined;
  }

  *entries(): MapIterator<[K, V]> {
    const added = [...this.layer].filter(([key]) => !this.base.has(key)).sort(([a], [b]) => (a < b ? -1 : 1));
    let next = 0;
    for (const [key, below] of this.base) {
      for (let one = added[next]; one !== undefined && one[0] < key; one = added[next]) {
        if (one[1] !== undefined) yield [one[0], one[1]];
        next += 1;
      }
      const value = this.layer.has(key) ? this.layer.get(key) : below;
      if (value !== undefined) yield [key, value];
    }
    for (const [key, value] of added.slice(next)) if (value !== undefined) yield [key, value];
  }

  *keys(): MapIterator<K> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  forEach(use: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this.entries()) use(value, key, this);
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }
}
