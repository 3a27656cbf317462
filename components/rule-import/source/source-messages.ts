import type { ParsedSource } from "../import-state.ts";

/** What the parser's worker is asked. */
export type SourceRequest = {
  readonly kind: "read" | "mend";
  readonly text: string;
  readonly knownTags: ReadonlySet<string>;
};

/** What it answers, once. */
export type SourceAnswer =
  | { readonly kind: "read"; readonly result: ParsedSource }
  | { readonly kind: "mend"; readonly text: string };
