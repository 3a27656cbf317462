import { useCallback, useMemo, useState } from "react";
import type { ChangeNote, RuleListActions, RuleTarget } from "#components/rules/rule-list-context.ts";
import { picked, type RulePicking, type RuleSelection } from "#components/rules/selection/rule-selection.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { Direction } from "#policy/rule.ts";

/** Whom the inspector was last opened by; a new object each time, so that the same wish twice is two. */
export type Inspecting = { readonly by: "pointer" | "keyboard" };

export type PageSelection = {
  readonly selection: RuleSelection | undefined;
  readonly picking: RulePicking;
  readonly inspecting: Inspecting | undefined;
  readonly stopInspecting: () => void;
  readonly clear: () => void;
  /** The actions of the page: editing a rule is choosing it, and what is chosen follows its moves. */
  readonly actions: RuleListActions;
};

/** What is chosen on the page of a profile. */
export function usePageSelection(desk: RuleListActions): PageSelection {
  const [selection, select] = useState<RuleSelection>();
  const [inspecting, inspect] = useState<Inspecting>();
  const picking = useMemo(
    (): RulePicking => ({
      pick: (direction, position, how) => select((before) => picked(before, { direction, position }, how)),
      pickParked: (direction, rule) => select({ kind: "parked", direction, rule }),
      inspect: (by) => inspect({ by }),
    }),
    [],
  );
  const actions = useMemo(
    (): RuleListActions => ({
      ...desk,
      change(edits: ProfileEdit | readonly ProfileEdit[], note?: ChangeNote) {
        desk.change(edits, note);
        if (note?.focus === undefined) return;
        const { direction, position } = note.focus;
        const positions = note.picked ?? [position];
        select({ kind: "rules", direction, positions, anchor: positions[0] ?? position });
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
    selection,
    picking,
    inspecting,
    actions,
    stopInspecting: useCallback(() => inspect(undefined), []),
    clear: useCallback(() => select(undefined), []),
  };
}
