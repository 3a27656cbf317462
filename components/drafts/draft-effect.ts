/** One pair of places and the connections that come or go between them, in words. */
export type EffectPair = { readonly from: string; readonly to: string; readonly what: string };

/** What a draft would open and close, exactly. */
export type DraftEffect = { readonly opens: readonly EffectPair[]; readonly closes: readonly EffectPair[] };
