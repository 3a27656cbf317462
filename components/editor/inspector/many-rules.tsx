import { ArrowDown, ArrowDownToLine, ArrowUp, ArrowUpToLine, CirclePause, Trash2 } from "lucide-react";
import { useRuleListActions } from "#components/rules/rule-list-context.ts";
import { moveRule, type PlacedRule, parkRule, removeRule } from "#components/rules/rule-moves.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { formatRule } from "#policy/grammar/format-rule.ts";
import type { Direction, Position, Rule } from "#policy/rule.ts";

type ManyRulesProps = {
  readonly rules: readonly Rule[];
  readonly direction: Direction;
  readonly positions: readonly Position[];
};

/** Several rules are chosen: what can be done to all of them in one step. */
export function ManyRules({ rules, direction, positions }: ManyRulesProps) {
  const actions = useRuleListActions();
  const [position = 1] = positions;
  const rule = rules[position - 1];
  if (rule === undefined) return null;
  const placed: PlacedRule = { rule, direction, position, count: rules.length, block: positions };
  const steps = [
    { icon: ArrowUpToLine, word: "To the top", run: () => moveRule(actions, placed, 1) },
    { icon: ArrowUp, word: "Up", run: () => moveRule(actions, placed, position - 1) },
    { icon: ArrowDown, word: "Down", run: () => moveRule(actions, placed, position + 1) },
    { icon: ArrowDownToLine, word: "To the bottom", run: () => moveRule(actions, placed, rules.length) },
    { icon: CirclePause, word: "Park", run: () => parkRule(actions, placed) },
    { icon: Trash2, word: "Remove", run: () => removeRule(actions, placed) },
  ];
  return (
    <section aria-label={`${positions.length} rules chosen`} className="flex flex-col gap-3">
      <h2 className="text-heading">
        {positions.length} {direction} rules
      </h2>
      <ol className="thin-scroll flex max-h-60 flex-col overflow-y-auto rounded-list border border-line bg-raised">
        {positions.map((each) => {
          const one = rules[each - 1];
          return one === undefined ? null : (
            <li key={each} className="mono border-b border-line px-3 py-1.5 text-small break-words last:border-b-0">
              {each} {formatRule(one)}
            </li>
          );
        })}
      </ol>
      <div className="grid grid-cols-2 gap-2">
        {steps.map(({ icon, word, run }) => (
          <Button key={word} onClick={run}>
            <Icon of={icon} size={14} />
            {word}
          </Button>
        ))}
      </div>
      <p className="text-caption text-ink-3">They move together, their order kept, in one step of undo.</p>
    </section>
  );
}
