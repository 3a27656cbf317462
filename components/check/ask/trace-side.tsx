import { ArrowDownToLine, ArrowUpFromLine } from "lucide-react";
import { describeReason } from "#analysis/question/describe-side.ts";
import { placeName } from "#analysis/question/format-place.ts";
import { ruleOutcome } from "#analysis/question/reach/describe-reach.ts";
import type { ProfileTrace, RuleTrace, SideTrace } from "#analysis/question/reach/side-trace.ts";
import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { ruleHref } from "#components/profiles/rule-href.ts";
import { ruleCells } from "#components/rules/rule-cells.ts";
import { ActionMark, WhatCell, WhoCell } from "#components/rules/rule-parts.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { PageLink } from "#components/ui/page-link.tsx";

type TraceSideProps = {
  readonly place: string;
  readonly side: SideTrace;
  /** The packet never gets here: what this side would do. */
  readonly isHypothetical?: boolean;
};

/** One side's walk: every rule up to the decision with what came of it, and those behind that were never asked. */
export function TraceSide({ place, side, isHypothetical = false }: TraceSideProps) {
  const isOut = side.direction === "outbound";
  const isAllowed = side.verdict === "allow";
  const isUnasked = side.profiles.length === 0;
  const verb = sideVerb(side, isHypothetical);
  return (
    <section aria-label={`${placeName(place)} ${side.direction}`} className="min-w-0">
      <h3 className="mb-2 flex items-center gap-2 text-heading">
        <Icon of={isOut ? ArrowUpFromLine : ArrowDownToLine} size={14} className="text-ink-3" />
        <span className="min-w-0 truncate">
          {placeName(place)} {side.direction}
        </span>
        <span
          className={`ms-auto flex items-center gap-1.5 text-small whitespace-nowrap ${isAllowed ? "text-allow-text" : "text-deny-text"}`}
        >
          <VerdictMark mark={isAllowed ? "allow" : "deny"} size={12} />
          {verb}
        </span>
      </h3>
      {isUnasked ? (
        <p className="rounded-list border border-line bg-sunken px-3 py-2 text-ink-2">{sentence(side)}</p>
      ) : (
        <div className="flex flex-col gap-2">
          {side.profiles.map((each, index) => (
            <ProfileLines
              key={each.profile}
              trace={each}
              side={side}
              isNamed={side.profiles.length > 1}
              isLast={index === side.profiles.length - 1}
            />
          ))}
        </div>
      )}
    </section>
  );
}

function sideVerb({ verdict, direction }: SideTrace, isHypothetical: boolean): string {
  if (verdict === "deny") return isHypothetical ? "would drop it" : "drops it";
  const way = direction === "outbound" ? "out" : "in";
  return isHypothetical ? `would let it ${way}` : `lets it ${way}`;
}

function sentence({ decidedBy }: SideTrace): string {
  const reason = decidedBy.kind === "rule" ? "" : describeReason(decidedBy.kind);
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
}

type ProfileLinesProps = {
  readonly trace: ProfileTrace;
  readonly side: SideTrace;
  readonly isNamed: boolean;
  readonly isLast: boolean;
};

function ProfileLines({ trace, side, isNamed, isLast }: ProfileLinesProps) {
  const { profile, leaf, rows, isPassed } = trace;
  return (
    <div>
      {isNamed ? <p className="mb-1 text-small font-[550] text-ink-2">{profile}</p> : null}
      <ol
        className="overflow-hidden rounded-list border border-line bg-raised"
        aria-label={`${profile} ${side.direction}`}
      >
        {rows.map((row) => (
          <RuleLine key={row.position} row={row} profile={profile} direction={side.direction} />
        ))}
        {leaf === "valid" ? null : (
          <li className={`${ROW} ${DENIED}`}>
            <span className="col-span-3 text-ink">
              {leaf === "missing"
                ? "It has no rules: everything is dropped"
                : "Its rules are invalid: everything is dropped"}
            </span>
            <Outcome words={["decides"]} isDeciding />
          </li>
        )}
        {isPassed ? <TailLine isDeciding={isLast} /> : null}
      </ol>
    </div>
  );
}

const ROW =
  "grid min-h-9 grid-cols-[18px_16px_minmax(0,1fr)_minmax(0,auto)_auto] items-center gap-2 border-b border-line px-3 py-1 last:border-b-0";
const DENIED = "border-s-3 border-s-deny [border-inline-start-style:dashed] bg-deny-tint";
const ALLOWED = "bg-allow-tint shadow-[inset_3px_0_var(--color-allow)]";

type RuleLineProps = { readonly row: RuleTrace; readonly profile: string; readonly direction: SideTrace["direction"] };

function RuleLine({ row, profile, direction }: RuleLineProps) {
  const cells = ruleCells(row.rule, direction);
  const isDeciding = row.outcome === "decided";
  const look = isDeciding ? (cells.action === "deny" ? DENIED : ALLOWED) : "text-ink-2";
  return (
    <li className={`${ROW} relative ${look}`} data-outcome={row.outcome} data-rule={row.position}>
      <span className="text-end text-ink-3">{row.position}</span>
      <span className={isDeciding ? "" : "opacity-60"}>
        <ActionMark action={cells.action} />
      </span>
      <PageLink
        href={ruleHref(profile, direction, row.position)}
        className="min-w-0 rounded-key after:absolute after:inset-0 hover:underline"
      >
        <WhatCell cells={cells} isVerbose={false} />
      </PageLink>
      <WhoCell cells={cells} direction={direction} />
      <Outcome words={ruleOutcome(row)} isDeciding={isDeciding} isDenied={cells.action === "deny"} />
    </li>
  );
}

function TailLine({ isDeciding }: { readonly isDeciding: boolean }) {
  return (
    <li className={`${ROW} ${isDeciding ? DENIED : "bg-sunken text-ink-2"}`} data-tail>
      <span />
      <VerdictMark mark="no-match" />
      <span className="col-span-2">{isDeciding ? "No match → next profile → drop" : "No match → next profile"}</span>
      <Outcome words={[isDeciding ? "decides" : "goes on"]} isDeciding={isDeciding} isDenied />
    </li>
  );
}

type OutcomeProps = { readonly words: readonly string[]; readonly isDeciding: boolean; readonly isDenied?: boolean };

/** The most telling reason is drawn, all of them are said and stand in the title. */
function Outcome({ words, isDeciding, isDenied = true }: OutcomeProps) {
  const look = isDeciding ? `font-[600] ${isDenied ? "text-deny-text" : "text-allow-text"}` : "text-ink-2";
  return (
    <span className={`max-w-[150px] truncate ps-1 text-end text-small ${look}`} title={words.join(", ")}>
      <span aria-hidden="true">{words[0]}</span>
      <span className="sr-only">{words.join(", ")}</span>
    </span>
  );
}
