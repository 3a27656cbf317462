import type { Direction, Position, Rule } from "#policy/rule.ts";
import type { Sidecar } from "#policy/sidecar/sidecar.ts";
import type { Tag } from "#policy/tag.ts";

/**
 * What a person asked to change in one profile: a value, shared by the board, the command line, the import,
 * what-if and the journal (ADR-001). Plain JSON; parse-profile-edit.ts makes one from untrusted input.
 */
export type ProfileEdit =
  | { readonly kind: "insert-rule"; readonly direction: Direction; readonly rule: Rule; readonly at?: Position }
  | { readonly kind: "remove-rule"; readonly direction: Direction; readonly at: Position }
  | { readonly kind: "remove-equal"; readonly direction: Direction; readonly rule: Rule }
  | { readonly kind: "replace-rule"; readonly direction: Direction; readonly at: Position; readonly rule: Rule }
  | { readonly kind: "move-rule"; readonly direction: Direction; readonly from: Position; readonly to: Position }
  | { readonly kind: "replace-rules"; readonly inbound: readonly Rule[]; readonly outbound: readonly Rule[] }
  | { readonly kind: "add-tag"; readonly tag: Tag }
  | { readonly kind: "remove-tag"; readonly tag: Tag }
  | { readonly kind: "replace-tags"; readonly tags: readonly Tag[] }
  | SidecarEdit;

/** What is kept beside the rules. A parked rule is named by what it says, so that other edits do not shift it. */
export type SidecarEdit =
  | { readonly kind: "park-rule"; readonly direction: Direction; readonly at: Position }
  | { readonly kind: "restore-rule"; readonly direction: Direction; readonly rule: Rule; readonly at: Position }
  | { readonly kind: "remove-parked"; readonly direction: Direction; readonly rule: Rule }
  /** An empty text removes the comment. */
  | { readonly kind: "comment-rule"; readonly direction: Direction; readonly at: Position; readonly text: string }
  | { readonly kind: "comment-parked"; readonly direction: Direction; readonly rule: Rule; readonly text: string }
  | { readonly kind: "replace-sidecar"; readonly sidecar: Sidecar };

/** Why an edit cannot be applied; the profile is then unchanged. Worded by describe-edit.ts. */
export type EditError =
  | { readonly kind: "position-out-of-range"; readonly position: number; readonly ruleCount: number }
  | { readonly kind: "rule-not-found" }
  | { readonly kind: "rule-already-present"; readonly position: Position }
  | { readonly kind: "tag-not-held"; readonly tag: Tag }
  | { readonly kind: "tag-already-held"; readonly tag: Tag }
  | { readonly kind: "stored-invalid"; readonly leaf: "tags" | "rules" | "sidecar" };
