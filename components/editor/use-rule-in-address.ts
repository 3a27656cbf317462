import { type RefObject, useEffect, useRef } from "react";
import { formatRulePlace, parseRulePlace, RULE_PARAM } from "#components/profiles/rule-href.ts";
import { followSelection } from "#components/rules/selection/follow-selection.ts";
import type { RuleSelection } from "#components/rules/selection/rule-selection.ts";
import { useUrlState } from "#components/url/use-url-state.ts";
import type { ProfileRules } from "#policy/profile.ts";
import type { PageSelection } from "./use-page-selection.ts";

type Lists = {
  readonly shown: ProfileRules | undefined;
  /** What links count in: they come from answers about what is stored. */
  readonly stored: ProfileRules | undefined;
  readonly root: RefObject<HTMLElement | null>;
};

/**
 * The chosen rule stands in the address: a link chooses it, brings it into view and gives it the keyboard, and a reload
 * brings it again. It is counted in the stored list; a rule that only the draft has is not named.
 */
export function useRuleInAddress({ selection, choice, picking }: PageSelection, { shown, stored, root }: Lists): void {
  const { params, change } = useUrlState();
  const asked = params.get(RULE_PARAM);
  const told = useRef<string | null>(null);
  useEffect(() => {
    if (asked === told.current || shown === undefined) return;
    told.current = asked;
    const place = parseRulePlace(asked);
    if (place === undefined) return;
    const { direction, position } = place;
    const one: RuleSelection = { kind: "rules", direction, positions: [position], anchor: position };
    const there = stored === undefined ? one : followSelection(one, stored, shown);
    const at = there?.kind === "rules" ? there.anchor : 0;
    const row = `[data-direction="${direction}"] [data-rule="${at}"] [data-row-button]`;
    const button = root.current?.querySelector<HTMLElement>(row);
    if (!button) return;
    picking.pick(direction, at, "one");
    button.focus({ preventScroll: true });
    button.scrollIntoView({ block: "center" });
  }, [asked, shown, stored, root, picking]);
  // Before anything was chosen here the address is a link that is still to be followed.
  const named = choice === 0 ? undefined : namedPlace(selection, shown, stored);
  useEffect(() => {
    if (named === undefined) return;
    if (named === (told.current ?? "")) return;
    told.current = named === "" ? null : named;
    change({ [RULE_PARAM]: named });
  }, [named, change]);
}

/** The parameter for what is chosen; empty for what cannot be named. */
function namedPlace(
  selection: RuleSelection | undefined,
  shown: ProfileRules | undefined,
  stored: ProfileRules | undefined,
): string {
  if (selection?.kind !== "rules" || selection.positions.length !== 1 || !shown || !stored) return "";
  const there = followSelection(selection, shown, stored);
  return there?.kind === "rules" ? formatRulePlace({ direction: there.direction, position: there.anchor }) : "";
}
