import type { ProfileId } from "#policy/profile-id.ts";
import type { Direction, Family, Position, Rule } from "#policy/rule.ts";

/** One end of a question: exactly one of these, resolved against a snapshot. */
export type Place =
  | { readonly kind: "endpoint"; readonly name: string }
  | { readonly kind: "profile"; readonly id: string }
  | { readonly kind: "host"; readonly name: string }
  | { readonly kind: "ip"; readonly address: string };

export type ConnectionState = "new" | "established" | "related" | "invalid";

/** A probe as conformance/reach.json writes it, parsed. */
export type Probe = {
  readonly src: Place;
  readonly dst: Place;
  readonly ipVersion: Family;
  /** 1..255 */
  readonly protocol: number;
  readonly srcPort?: number;
  readonly dstPort?: number;
  readonly icmpType?: number;
  readonly icmpCode?: number;
  readonly connectionState: ConnectionState;
  /** Overrides the address taken from the place. */
  readonly srcIp?: string;
  readonly dstIp?: string;
  readonly srcMac?: string;
};

/** A packet as one endpoint's policy sees it: addresses numeric, one family. */
export type Packet = {
  readonly family: Family;
  readonly protocol: number;
  readonly src: bigint;
  readonly dst: bigint;
  readonly srcPort?: number;
  readonly dstPort?: number;
  readonly icmpType?: number;
  readonly icmpCode?: number;
};

export type Verdict = "allow" | "deny";

/** Why there is no deciding rule. */
export type NoRuleReason =
  | "no-profile"
  | "profile-missing"
  | "profile-invalid"
  | "no-rule-matched"
  | "endpoint-inactive"
  | "endpoint-invalid"
  | "endpoint-unknown"
  | "no-address"
  | "spoofed-source"
  | "wrong-mac"
  | "conntrack-invalid"
  | "conntrack-established"
  | "not-policed"
  | "host-exemption"
  | "default-endpoint-to-host"
  | "other-side-denied";

/** A criterion of a rule that a packet failed; names as in the stored rule. */
export type FailedCriterion = { readonly field: string; readonly wanted: string; readonly found: string };

/** One rule that was passed over or that decided, in the order walked. */
export type TraceStep = {
  readonly profile: ProfileId;
  readonly position: Position;
  readonly rule: Rule;
  readonly outcome: "decided" | "logged" | "left-profile" | "other-family" | "no-match";
  /** Empty unless outcome is `no-match` or `other-family`. */
  readonly failed: readonly FailedCriterion[];
};

/** One side's answer: what decided, and every rule walked up to it. */
export type SideVerdict = {
  readonly verdict: Verdict;
  readonly direction: Direction;
  readonly decidedBy:
    | { readonly kind: "rule"; readonly profile: ProfileId; readonly position: Position; readonly rule: Rule }
    | { readonly kind: NoRuleReason; readonly profile?: ProfileId };
  readonly trace: readonly TraceStep[];
};

/** The whole answer to a probe; a side that is not policed says so. */
export type Evaluation = {
  readonly verdict: Verdict;
  readonly sender: SideVerdict;
  readonly receiver: SideVerdict;
};
