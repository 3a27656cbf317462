/** Where in a JSON document something stands: object keys and 0-based array indexes, outermost first. */
export type IssuePath = readonly (string | number)[];

/** A place in a text: 1-based line and column, 0-based character offset and length. */
export type TextRange = {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
  readonly length: number;
};

/** The facts of one problem found by a parser; wording lives in describe-issue.ts and nowhere else. */
export type IssueFact =
  | { readonly kind: "not-json"; readonly detail: string }
  | { readonly kind: "wrong-type"; readonly found: string; readonly expected: string }
  | { readonly kind: "unknown-key"; readonly key: string; readonly suggestion?: string }
  | { readonly kind: "missing-key"; readonly key: string }
  | { readonly kind: "duplicate-key"; readonly key: string }
  | {
      readonly kind: "bad-name";
      readonly what: "tag" | "profile id" | "endpoint id" | "host name" | "interface name";
      readonly found: string;
    }
  | { readonly kind: "bad-action"; readonly found: string }
  | { readonly kind: "bad-protocol"; readonly found: string }
  | { readonly kind: "bad-ip-version"; readonly found: string }
  | { readonly kind: "bad-cidr"; readonly found: string }
  | { readonly kind: "bad-address"; readonly found: string }
  | { readonly kind: "bad-mac"; readonly found: string }
  | { readonly kind: "bad-port"; readonly found: string; readonly hint?: string }
  | { readonly kind: "port-out-of-range"; readonly found: string }
  | { readonly kind: "ports-need-protocol"; readonly field: string }
  | { readonly kind: "bad-icmp"; readonly field: string; readonly found: string }
  | { readonly kind: "icmp-code-needs-type"; readonly field: string }
  | { readonly kind: "icmp-type-unmatchable" }
  | { readonly kind: "icmp-needs-icmp"; readonly field: string; readonly protocol: string }
  | { readonly kind: "action-not-offered"; readonly found: string }
  | { readonly kind: "family-conflict"; readonly detail: string }
  | { readonly kind: "bad-state"; readonly found: string }
  | { readonly kind: "bad-log-prefix"; readonly found: string }
  | { readonly kind: "comment-too-long"; readonly characterCount: number; readonly maxCharacters: number }
  | { readonly kind: "comment-hidden-character"; readonly found: string }
  | { readonly kind: "id-mismatch"; readonly found: string; readonly expected: string }
  | { readonly kind: "too-large"; readonly foundBytes: number; readonly maxBytes: number }
  | { readonly kind: "too-deep"; readonly maxDepth: number }
  | { readonly kind: "too-many-issues"; readonly count: number }
  | { readonly kind: "unexpected-word"; readonly found: string; readonly expected: readonly string[] }
  | { readonly kind: "unexpected-end"; readonly expected: readonly string[] };

/** One problem: what is wrong, where in the document, and where in its text when there is one. */
export type Issue = IssueFact & { readonly path: IssuePath; readonly at?: TextRange };
