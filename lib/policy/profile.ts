import type { Issue } from "#policy/issue.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Rule } from "#policy/rule.ts";
import type { Sidecar } from "#policy/sidecar/sidecar.ts";
import type { Tag } from "#policy/tag.ts";

/**
 * One stored value. `invalid` keeps what others wrote, so it can be shown with its reasons and never
 * re-written by accident; to enforcement it is the same as `missing` (policy-model 1.6).
 */
export type Leaf<T> =
  | { readonly kind: "valid"; readonly value: T }
  | { readonly kind: "missing" }
  | { readonly kind: "invalid"; readonly text: string; readonly issues: readonly Issue[] };

/** The rules value. `extra` holds unknown top-level keys (an old `id`, say), re-written untouched. */
export type ProfileRules = {
  readonly inbound: readonly Rule[];
  readonly outbound: readonly Rule[];
  readonly extra?: Readonly<Record<string, unknown>>;
};

/**
 * A profile: two independent stored values. It exists when either key exists. Plain JSON. `sidecar` is what is kept
 * beside its rules; absent where nobody asked for it, and never looked at by anything that decides about packets.
 */
export type Profile = {
  readonly id: ProfileId;
  readonly tags: Leaf<readonly Tag[]>;
  readonly rules: Leaf<ProfileRules>;
  readonly sidecar?: Leaf<Sidecar>;
};
