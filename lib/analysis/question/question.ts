import type { ScopedEdit } from "#analysis/impact/scoped-edit.ts";
import type { HeaderFields } from "#analysis/question/check-headers.ts";
import type { ProfileId } from "#policy/profile-id.ts";

/** A question as a value (ADR-001): plain JSON, places as people write them (cli.md, PLACE). */
export type Question =
  /** May this packet pass, which rules decide, and what would turn the answer round? */
  | ({ readonly kind: "check"; readonly from: string; readonly to: string } & HeaderFields)
  /** Everything one place may send to another, piece by piece. */
  | { readonly kind: "relation"; readonly from: string; readonly to: string }
  /** Who can reach whom; with `deployed` between the ordered profile lists in use. */
  | {
      readonly kind: "graph";
      readonly deployed?: boolean | undefined;
      readonly from?: string | undefined;
      readonly to?: string | undefined;
    }
  /** What is worth a look, in all profiles or some. */
  | { readonly kind: "findings"; readonly profiles?: readonly ProfileId[] | undefined }
  /** What would these edits open and close? Nothing is written. */
  | { readonly kind: "what-if"; readonly edits: readonly ScopedEdit[] }
  /** What opens and closes between two states? */
  | { readonly kind: "difference"; readonly before: StateSource; readonly after: StateSource };

/** What is stored now, what was at a revision, or a state file's object (an import, say). */
export type StateSource =
  | { readonly kind: "live" }
  | { readonly kind: "revision"; readonly revision: number }
  | { readonly kind: "state"; readonly state: Readonly<Record<string, unknown>> };
