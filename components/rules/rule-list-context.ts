import { createContext, use } from "react";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Direction, Position, Rule } from "#policy/rule.ts";

/** What the rows of one profile may ask for; the card or the page decides how it is done. */
export type RuleListActions = {
  readonly profileId: ProfileId;
  /** `card` rows are 23 high and say the verdict by its mark; `page` rows are 40 and say it in words. */
  readonly density: "card" | "page";
  /** False while another card has the keyboard: its controls are not tab stops, so that Tab leaves the board. */
  readonly isTabStop: boolean;
  /** One step of the draft: what one undo takes back. False when it was refused, which is said. */
  readonly change: (edits: ProfileEdit | readonly ProfileEdit[], said?: ChangeNote) => boolean;
  readonly openRule: (direction: Direction, at: RuleTarget) => void;
};

/** A rule that is there, or the place of a new one; `like` is what the new one begins as. */
export type RuleTarget =
  | { readonly kind: "edit"; readonly position: Position }
  | { readonly kind: "insert"; readonly position: Position; readonly like?: Rule };

/** What is said and shown after a change; `focus` is where the keyboard goes on. */
export type ChangeNote = {
  readonly title: string;
  readonly detail?: string;
  readonly focus?: { readonly direction: Direction; readonly position: Position };
  /** Rules that are chosen afterwards, by their places then; without it the one that has the keyboard. */
  readonly picked?: readonly Position[];
  /** Changes of one series that follow each other, like letters typed into one field, are one step. */
  readonly series?: string;
  /** Nothing is said: the change is seen where it is made. */
  readonly isQuiet?: true;
};

export const RuleListContext = createContext<RuleListActions | undefined>(undefined);

/** The profile as it is shown, draft and all; apart from the actions, which stay the same while it changes. */
export const ShownProfileContext = createContext<Profile | undefined>(undefined);

/** The actions of the list a row stands in. */
export function useRuleListActions(): RuleListActions {
  const actions = use(RuleListContext);
  if (actions === undefined) throw new Error("a rule row stands outside a profile");
  return actions;
}
