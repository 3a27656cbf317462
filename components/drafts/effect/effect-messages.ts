import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { DraftEffect } from "../draft-effect.ts";

/** What the page tells the effect worker. The policy is sent when it changed, not with every question. */
export type EffectRequest =
  | { readonly kind: "policy"; readonly profiles: ReadonlyMap<ProfileId, Profile> }
  | { readonly kind: "ask"; readonly question: number; readonly before: Profile; readonly after: Profile };

export type EffectAnswer = { readonly question: number; readonly effect: DraftEffect };
