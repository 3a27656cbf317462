import type { ScopedEdit } from "#analysis/impact/scoped-edit.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Direction, Position } from "#policy/rule.ts";
import type { Tag } from "#policy/tag.ts";

/** Where a rule stands, and its words. */
export type RulePlace = {
  readonly profile: ProfileId;
  readonly direction: Direction;
  readonly position: Position;
  readonly rule: string;
};

/** A probe as policy tests write it: what `calicoctl test` takes and `check` answers. */
export type WitnessProbe = Readonly<Record<string, unknown>>;

/** Edits that repair it. `isNeutral` ones are proven to change no decision about any packet. */
export type FindingFix = { readonly edits: readonly ScopedEdit[]; readonly isNeutral: boolean };

/** Something about the stored policy that somebody should look at: plain JSON, each with its proof or a witness. */
export type Finding = FindingFact & { readonly severity: Severity; readonly fix?: FindingFix };

/** `error`: traffic is dropped by mistake; `warning`: policy does not do what it says; `notice`: worth knowing. */
export type Severity = "error" | "warning" | "notice";

export type FindingFact =
  /** No packet ever gets to it: earlier rules take all of its packets, or its parts exclude each other. */
  | ({
      readonly kind: "rule-never-matches";
      readonly reason: NeverReason;
      readonly blockedBy: readonly Position[];
    } & RulePlace)
  /** Without it every packet is decided the same, whoever holds which tag; the named later rules take over. */
  | ({ readonly kind: "rule-redundant"; readonly coveredBy: readonly Position[] } & RulePlace)
  | ({ readonly kind: "open-to-world"; readonly connections: string; readonly witness: WitnessProbe } & RulePlace)
  | ({ readonly kind: "action-missing" } & RulePlace)
  /** A deny after which nothing is left for the profiles that follow on these endpoints. */
  | ({
      readonly kind: "deny-hides-profiles";
      readonly hidden: readonly ProfileId[];
      readonly endpoints: readonly string[];
    } & RulePlace)
  | ({ readonly kind: "tag-misspelt"; readonly tag: Tag; readonly meant: Tag } & RulePlace)
  | { readonly kind: "tag-held-by-nobody"; readonly tag: Tag; readonly rules: readonly RulePlace[] }
  | { readonly kind: "tag-asked-nowhere"; readonly tag: Tag; readonly holders: readonly ProfileId[] }
  | { readonly kind: "profile-unused"; readonly profile: ProfileId }
  | {
      readonly kind: "profile-invalid";
      readonly profile: ProfileId;
      readonly leaf: "tags" | "rules";
      readonly reason: string;
    }
  | { readonly kind: "endpoint-profile-missing"; readonly profile: ProfileId; readonly endpoints: readonly string[] }
  | { readonly kind: "endpoint-profile-invalid"; readonly profile: ProfileId; readonly endpoints: readonly string[] }
  | { readonly kind: "endpoint-invalid"; readonly endpoint: string; readonly reason: string }
  | { readonly kind: "address-block"; readonly endpoint: string; readonly net: string; readonly address: string }
  /** The bound on work was reached: nothing is claimed about the rules of this list. */
  | {
      readonly kind: "not-judged";
      readonly profile: ProfileId;
      readonly direction: Direction;
      readonly maxSteps: number;
    };

export type NeverReason = "shadowed" | "contradiction" | "icmp-type-255";

/** The profiles a finding is about. */
export function findingProfiles(finding: FindingFact): readonly ProfileId[] {
  switch (finding.kind) {
    case "tag-held-by-nobody":
      return [...new Set(finding.rules.map(({ profile }) => profile))];
    case "tag-asked-nowhere":
      return finding.holders;
    case "endpoint-invalid":
    case "address-block":
      return [];
    default:
      return [finding.profile];
  }
}
