/** Since when an intent does not hold, and how surely that is known. */
export type BrokenSince =
  /** This revision broke it: it held in the one before. */
  | { readonly kind: "broke-at"; readonly revision: number }
  /** It was broken there already, and nobody keeps what was before. */
  | { readonly kind: "at-least"; readonly revision: number }
  /** It has been broken for as long as it has been written down. */
  | { readonly kind: "never-held"; readonly revision: number };
