import type { ScopedEdit } from "#analysis/impact/scoped-edit.ts";
import type { Suggestion } from "#analysis/question/suggest-edits.ts";
import type { DraftEffect } from "#components/drafts/draft-effect.ts";
import type { Issue } from "#policy/issue.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { IntentsPayload } from "#web/queries/intent-rows.ts";
import type { FreeLayout } from "../layout/free-layout.ts";
import type { GraphMatrix } from "../model/graph-matrix.ts";
import type { GraphRequest } from "../model/graph-request.ts";
import type { GraphRow, RowPiece } from "../model/graph-row.ts";
import type { GraphView } from "../model/graph-view.ts";

/** The policy reaches the desk in pieces small enough for the page to clone between two frames. */
export type PolicyPiece = {
  readonly kind: "policy";
  readonly storeRevision: number;
  readonly revision: number;
  readonly changed: readonly Profile[];
  readonly removed: readonly ProfileId[];
  /** The profiles as drafts would make them; with the last piece. */
  readonly drafted: readonly Profile[];
  readonly isLast: boolean;
};

/** What the page may ask; every question stands on the policy as it was last sent whole. */
export type GraphQuestion =
  | { readonly kind: "view"; readonly request: GraphRequest }
  /** The picture before the first view of a large policy, whose judging takes its time. */
  | { readonly kind: "outline"; readonly request: GraphRequest }
  | { readonly kind: "rows"; readonly request: GraphRequest; readonly start: number; readonly count: number }
  | { readonly kind: "pieces"; readonly request: GraphRequest; readonly from: string; readonly to: string }
  | { readonly kind: "matrix"; readonly request: GraphRequest }
  | { readonly kind: "free"; readonly request: GraphRequest }
  | {
      readonly kind: "export";
      readonly request: GraphRequest;
      readonly format: ExportFormat;
      readonly stamp: ExportStamp;
      /** For the report; absent where they could not be read. */
      readonly intents?: IntentsPayload;
    }
  | { readonly kind: "propose"; readonly from: string; readonly to: string; readonly what: string }
  | { readonly kind: "effect"; readonly edits: readonly ScopedEdit[] };

export type ExportFormat = "svg" | "dot" | "csv" | "report";
/** When it was made and what of the whole it is, in words. */
export type ExportStamp = { readonly time: string; readonly scope: string };

/** The live revision, and which revisions the view is of. */
export type ViewFacts = {
  readonly live: number;
  readonly shown: number | "draft";
  readonly before: number | undefined;
};

/** What the newest revision that came in did; at most so many pairs of it. */
export type LatestChange = { readonly revision: number; readonly effect: DraftEffect };

export type GraphAnswer =
  | {
      readonly kind: "view";
      readonly view: GraphView;
      readonly facts: ViewFacts;
      readonly latest: LatestChange | undefined;
    }
  | { readonly kind: "no-outline" }
  | { readonly kind: "rows"; readonly rows: readonly GraphRow[]; readonly total: number }
  | { readonly kind: "pieces"; readonly pieces: readonly RowPiece[] }
  | { readonly kind: "matrix"; readonly matrix: GraphMatrix }
  | { readonly kind: "free"; readonly layout: FreeLayout | undefined }
  | { readonly kind: "export"; readonly text: string; readonly revision: number }
  | { readonly kind: "propose"; readonly proposal: Proposal }
  | { readonly kind: "effect"; readonly effect: DraftEffect | undefined }
  | { readonly kind: "problem"; readonly problem: GraphProblem };

/** Edits that would open what is wanted, or why there are none. */
export type Proposal =
  | { readonly kind: "suggestions"; readonly suggestions: readonly Suggestion[]; readonly wanted: string }
  | { readonly kind: "open-already"; readonly wanted: string }
  | { readonly kind: "bad-ports"; readonly issues: readonly Issue[] }
  | { readonly kind: "no-such-place"; readonly place: string };

/** Why there is nothing to show. */
export type GraphProblem =
  | { readonly kind: "compacted" | "unknown-revision"; readonly revision: number }
  | { readonly kind: "unreadable"; readonly revision: number; readonly detail: string }
  | { readonly kind: "broken"; readonly detail: string };

export type ToDesk = PolicyPiece | { readonly kind: "ask"; readonly number: number; readonly question: GraphQuestion };
export type FromDesk = { readonly number: number; readonly answer: GraphAnswer };
