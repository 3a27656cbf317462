import { ruleHref } from "#components/profiles/rule-href.ts";
import { ruleCells } from "#components/rules/rule-cells.ts";
import { ActionMark, WhatCell, WhoCell } from "#components/rules/rule-parts.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import type { Profile } from "#policy/profile.ts";
import type { Direction, Position, Rule } from "#policy/rule.ts";

type RuleLinesProps = {
  readonly profile: Profile | undefined;
  readonly direction: Direction;
  /** The rules that decide: drawn on a tint with a solid bar, and said. */
  readonly decided: readonly Position[];
  /** Shows these only; otherwise the deciding ones and their neighbours up to a handful. */
  readonly only?: readonly Position[];
};

const MAX_LINES = 6;

/** A profile's rules in one direction, as an argument shows them: those that decide stand out. */
export function RuleLines({ profile, direction, decided, only }: RuleLinesProps) {
  if (profile?.rules.kind !== "valid") return <p className="text-deny-text">Its rules cannot be read.</p>;
  const rules = profile.rules.value[direction];
  const shown = linesOf(rules, decided, only);
  if (rules.length === 0) return <p className="text-ink-2">It has no {direction} rule.</p>;
  return (
    <ol className="overflow-hidden rounded-list border border-line bg-raised">
      {shown.map(([position, rule]) => {
        const cells = ruleCells(rule, direction);
        const isDeciding = decided.includes(position);
        return (
          <li
            key={position}
            data-deciding={isDeciding || undefined}
            className={`grid min-h-[34px] grid-cols-[18px_16px_minmax(0,1fr)_minmax(0,auto)] items-center gap-2 border-b border-line px-2.5 last:border-b-0 ${isDeciding ? lookOf(cells.action) : "text-ink-2"}`}
          >
            <PageLink
              href={ruleHref(profile.id, direction, position)}
              className="text-end text-ink-3 underline decoration-dotted underline-offset-2 hover:text-ink"
            >
              <span className="sr-only">
                Open {profile.id} {direction}{" "}
              </span>
              {position}
            </PageLink>
            <ActionMark action={cells.action} />
            <WhatCell cells={cells} isVerbose={false} />
            <span className="flex min-w-0 items-center gap-2">
              <WhoCell cells={cells} direction={direction} />
              {isDeciding ? <span className="sr-only">, decides</span> : null}
            </span>
          </li>
        );
      })}
      {rules.length > shown.length ? (
        <li className="px-2.5 py-1.5 text-small text-ink-2">
          {rules.length - shown.length === 1 ? "1 more rule" : `${rules.length - shown.length} more rules`}
        </li>
      ) : null}
    </ol>
  );
}

function lookOf(action: string): string {
  if (action === "deny") return "border-s-2 border-s-deny [border-inline-start-style:dashed] bg-deny-tint";
  return "bg-allow-tint shadow-[inset_3px_0_var(--color-allow)]";
}

function linesOf(
  rules: readonly Rule[],
  decided: readonly Position[],
  only: readonly Position[] | undefined,
): readonly (readonly [Position, Rule])[] {
  const numbered = rules.map((rule, index) => [index + 1, rule] as const);
  if (only !== undefined) return numbered.filter(([position]) => only.includes(position));
  if (numbered.length <= MAX_LINES) return numbered;
  const near = numbered.filter(([position]) => decided.includes(position));
  const others = numbered.filter(([position]) => !decided.includes(position));
  return [...near, ...others.slice(0, Math.max(0, MAX_LINES - near.length))].sort((a, b) => a[0] - b[0]);
}
