import { useCallback, useMemo, useState } from "react";
import type { ChangeNote, RuleListActions, RuleTarget } from "#components/rules/rule-list-context.ts";
import { followSelection } from "#components/rules/selection/follow-selection.ts";
import { picked, type RulePicking, type RuleSelection } from "#components/rules/selection/rule-selection.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { ProfileRules } from "#policy/profile.ts";
import type { Direction } from "#policy/rule.ts";

/** Whom the inspector was last opened by; a new object each time, so that the same wish twice is two. */
export type Inspecting = { readonly by: "pointer" | "keyboard" };

export type PageSelection = {
  readonly selection: RuleSelection | undefined;
  /** Another number with every choice a person makes; the same while what was chosen moves about. */
  readonly choice: number;
  readonly picking: RulePicking;
  readonly inspecting: Inspecting | undefined;
  readonly stopInspecting: () => void;
  readonly clear: () => void;
  /** The actions of the page: editing a rule is choosing it, and what is chosen follows its moves. */
  readonly actions: RuleListActions;
};

/** What is chosen, and in which rules: unknown until the edit that chose it is on screen. */
type Kept = {
  readonly selection: RuleSelection | undefined;
  readonly choice: number;
  readonly rules: ProfileRules | undefined;
};

/** What is chosen on the page of a profile. It stays with its rules, whoever changes the lists. */
export function usePageSelection(desk: RuleListActions, rules: ProfileRules | undefined): PageSelection {
  const [kept, keep] = useState<Kept>({ selection: undefined, choice: 0, rules });
  const [inspecting, inspect] = useState<Inspecting>();
  const current = rules === undefined || kept.rules === rules ? kept : followed(kept, rules);
  if (current !== kept) keep(current);
  const picking = useMemo(
    (): RulePicking => ({
      pick: (direction, position, how) =>
        keep((before) => chosen(before, picked(before.selection, { direction, position }, how))),
      pickParked: (direction, rule) => keep((before) => chosen(before, { kind: "parked", direction, rule })),
      inspect: (by) => inspect({ by }),
    }),
    [],
  );
  const actions = useMemo(
    (): RuleListActions => ({
      ...desk,
      change(edits: ProfileEdit | readonly ProfileEdit[], note?: ChangeNote) {
        const isDone = desk.change(edits, note);
        if (!isDone || note?.focus === undefined) return isDone;
        const { direction, position } = note.focus;
        const positions = note.picked ?? [position];
        const selection = { kind: "rules", direction, positions, anchor: positions[0] ?? position } as const;
        keep((before) => ({ ...before, selection, rules: undefined }));
        return isDone;
      },
      openRule(direction: Direction, target: RuleTarget) {
        if (target.kind === "insert") return desk.openRule(direction, target);
        picking.pick(direction, target.position, "one");
        picking.inspect("keyboard");
      },
    }),
    [desk, picking],
  );
  return {
    selection: current.selection,
    choice: current.choice,
    picking,
    inspecting,
    actions,
    stopInspecting: useCallback(() => inspect(undefined), []),
    clear: useCallback(() => keep((before) => chosen(before, undefined)), []),
  };
}

function chosen(before: Kept, selection: RuleSelection | undefined): Kept {
  return { ...before, selection, choice: before.choice + 1 };
}

function followed({ selection, rules: before, ...kept }: Kept, rules: ProfileRules): Kept {
  const isMade = before === undefined || selection === undefined;
  return { ...kept, rules, selection: isMade ? selection : followSelection(selection, before, rules) };
}
