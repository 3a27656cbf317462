import type { ListMerge } from "#policy/merge/merge-list.ts";
import type { Leaf, Profile, ProfileRules } from "#policy/profile.ts";
import type { Direction, Rule } from "#policy/rule.ts";

/**
 * Two people changed one profile: what both did, and what only a person can decide. Plain values; resolveMerge makes a
 * profile of it. "Theirs" is what is stored now, "yours" the draft.
 */
export type ProfileMerge = {
  readonly sides: Readonly<Record<"base" | "theirs" | "yours", Profile>>;
  readonly tags: Profile["tags"];
  readonly rules: RulesMerge;
  /** In the order of the lists, each with an id of its own; empty when nothing is to be decided. */
  readonly conflicts: readonly MergeConflict[];
};

export type RulesMerge =
  | {
      readonly kind: "lists";
      readonly lists: Readonly<Record<Direction, ListMerge>>;
      readonly extra: ProfileRules["extra"];
    }
  /** The whole value is one side's: the other left it alone, or one of them cannot be read. */
  | { readonly kind: "whole"; readonly theirs: Leaf<ProfileRules>; readonly yours: Leaf<ProfileRules> };

/** What was done to one rule, or to the order of a list, in two ways. */
export type MergeConflict =
  /** An absent rule was removed by that side. */
  | {
      readonly kind: "rule";
      readonly id: string;
      readonly direction: Direction;
      readonly base: Rule;
      readonly theirs?: Rule;
      readonly yours?: Rule;
    }
  /** The same rules in two orders; `moved` are those that stand differently. */
  | {
      readonly kind: "order";
      readonly id: string;
      readonly direction: Direction;
      readonly theirs: readonly Rule[];
      readonly yours: readonly Rule[];
      readonly moved: readonly Rule[];
    }
  /** One side's rules are missing or cannot be read, so there is nothing to merge rule by rule. */
  | { readonly kind: "rules"; readonly id: string };

/** How one conflict ends; `rule` is what a person wrote instead. */
export type MergeChoice =
  | { readonly kind: "theirs" | "yours" | "both" }
  | { readonly kind: "rule"; readonly rule: Rule };

/** Choices by the id of the conflict. */
export type MergeChoices = ReadonlyMap<string, MergeChoice>;
