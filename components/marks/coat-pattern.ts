/** One patch of a coat: an ellipse in the 20 by 20 square. */
export type Patch = {
  readonly cx: number;
  readonly cy: number;
  readonly rx: number;
  readonly ry: number;
  readonly turn: number;
};

type Shade = "ink-1" | "ink-2" | "amber-1" | "amber-2" | "cream-1" | "cream-2";

/** Ground and two patches, one each of ink, amber and cream, so that any coat holds all three. */
export type CoatPattern = {
  readonly ground: Shade;
  readonly patches: readonly (Patch & { readonly shade: Shade })[];
};

const FAMILIES = ["ink", "amber", "cream"] as const;
const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;
/** Where a patch may sit, as centre points: corners and edges, never the middle. */
const SEATS = [
  [3, 3],
  [17, 3],
  [17, 17],
  [3, 17],
  [10, 1],
  [19, 10],
  [10, 19],
  [1, 10],
] as const;

/** The coat of a name: always the same for the same name, told apart by shape and not by hue alone. */
export function coatPattern(name: string): CoatPattern {
  const draw = drawFrom(hashName(name));
  const order = ORDERS[draw(ORDERS.length)] ?? ORDERS[0];
  const shade = (place: 0 | 1 | 2): Shade => `${FAMILIES[order[place]]}-${draw(2) === 0 ? 1 : 2}`;
  const firstSeat = draw(SEATS.length);
  // The second patch sits across from the first, so that neither hides the other.
  const secondSeat = (firstSeat + (firstSeat < 4 ? 2 : 4) + (draw(2) === 0 ? 0 : 1)) % SEATS.length;
  const patch = (seat: number): Patch => {
    const [cx, cy] = SEATS[seat] ?? SEATS[0];
    return { cx, cy, rx: 6 + draw(4), ry: 5 + draw(4), turn: draw(12) * 15 };
  };
  return {
    ground: shade(0),
    patches: [
      { ...patch(firstSeat), shade: shade(1) },
      { ...patch(secondSeat), shade: shade(2) },
    ],
  };
}

/** FNV-1a: short, well spread for short names. */
function hashName(name: string): number {
  let hash = 0x811c9dc5;
  for (const char of name) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

/** A xorshift stream of small numbers below a bound. */
function drawFrom(seed: number): (bound: number) => number {
  let state = seed || 1;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}
