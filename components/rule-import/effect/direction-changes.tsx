import { ArrowDownToLine, ArrowUpFromLine } from "lucide-react";
import { Icon } from "#components/ui/icon.tsx";
import { COMBINE_MODES, type CombineMode } from "#policy/edit/combine-rules.ts";
import type { Direction } from "#policy/rule.ts";
import type { DirectionEffect } from "./import-effect.ts";
import { RuleChangeRow } from "./rule-change-row.tsx";

type DirectionChangesProps = {
  readonly direction: Direction;
  readonly effect: DirectionEffect;
  readonly mode: CombineMode;
  readonly onMode: (mode: CombineMode) => void;
  readonly onDecline: (names: readonly string[], isDeclined: boolean) => void;
};

const MODE_WORDS: Readonly<Record<CombineMode, string>> = {
  replace: "Replace",
  append: "Append",
  merge: "Merge",
  keep: "Leave",
};

/** The rules of one direction after the import, each change with its own say. */
export function DirectionChanges({ direction, effect, mode, onMode, onDecline }: DirectionChangesProps) {
  const name = direction === "inbound" ? "Inbound" : "Outbound";
  const { rows, ruleCount, changeCount } = effect;
  const shownChanges = rows.filter(({ change }) => change.kind !== "kept").length;
  return (
    <div>
      <div className="mb-1.5 flex flex-wrap items-center gap-2">
        <Icon of={direction === "inbound" ? ArrowDownToLine : ArrowUpFromLine} size={14} className="text-ink-3" />
        <h4 className="text-small font-[550]">{name}</h4>
        <fieldset className="ms-auto flex rounded-control border border-line bg-tag-fill p-0.5">
          <legend className="sr-only">What happens to the {direction} rules of today</legend>
          {COMBINE_MODES.map((each) => (
            <label
              key={each}
              className="flex h-6 items-center rounded-chip px-2.5 text-small text-ink-2 has-checked:bg-raised has-checked:font-[550] has-checked:text-ink has-checked:shadow-1 has-focus-visible:outline-2 has-focus-visible:outline-focus coarse:h-10"
            >
              <input
                type="radio"
                name={`mode-${direction}`}
                value={each}
                checked={mode === each}
                onChange={() => onMode(each)}
                className="sr-only"
              />
              {MODE_WORDS[each]}
            </label>
          ))}
        </fieldset>
      </div>
      <ul
        className="overflow-hidden rounded-list border border-line bg-raised"
        aria-label={`${name} rules after the import`}
      >
        {rows.map((shown) => (
          <RuleChangeRow
            key={shown.name}
            {...{ shown, direction }}
            onAccept={(isAccepted) => onDecline([shown.name], !isAccepted)}
          />
        ))}
        {ruleCount > rows.length ? (
          <li className="px-3 py-2.5 text-ink-2">
            and {ruleCount - rows.length} more, {changeCount - shownChanges} of them changed
          </li>
        ) : null}
        {ruleCount === 0 ? <li className="px-3 py-2.5 text-ink-3">No {direction} rules, before or after</li> : null}
      </ul>
    </div>
  );
}
