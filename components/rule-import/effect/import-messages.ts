import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { ImportEffect, PartRequest } from "./import-effect.ts";

/** What the import's judge is told and asked; files and policy are sent once, when they change. */
export type ImportRequest =
  | { readonly kind: "policy"; readonly profiles: ReadonlyMap<ProfileId, Profile> }
  | { readonly kind: "file"; readonly key: number; readonly text: string }
  | { readonly kind: "forget"; readonly key: number }
  | { readonly kind: "ask"; readonly question: number; readonly parts: readonly PartRequest[] };

export type ImportJudgement = { readonly question: number; readonly effect: ImportEffect };
