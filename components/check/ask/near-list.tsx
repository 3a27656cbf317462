import { ArrowRight } from "lucide-react";
import { placeName } from "#analysis/question/format-place.ts";
import type { NearSender, NearSenders } from "#analysis/question/reach/near-senders.ts";
import type { ReachQuestion } from "#analysis/question/reach/reach-question.ts";
import { formatTraffic } from "#analysis/question/reach/traffic-text.ts";
import { Icon } from "#components/ui/icon.tsx";
import { PlaceMark } from "../place-mark.tsx";

type NearListProps = {
  readonly near: NearSenders;
  readonly question: ReachQuestion;
  readonly onAsk: (from: string) => void;
};

const SHOWN = 6;

/** Who else asks in vain, and is one tag away: what a slip of the hand would open. */
export function NearList({ near: { near, excluded }, question, onAsk }: NearListProps) {
  if (excluded === 0) return null;
  const hint =
    near.length === 0
      ? `${countWords(excluded)} cannot; none is one tag away`
      : `${countWords(excluded)} cannot; ${near.length === 1 ? "this one is" : `these ${near.length} are`} one tag away`;
  return (
    <section aria-label="Nearest misses">
      <h2 className="mb-2 flex items-baseline gap-2.5 text-heading">
        Nearest misses <span className="text-small font-[400] tracking-normal text-ink-2">{hint}</span>
      </h2>
      <ul className="grid grid-cols-3 gap-3 max-lg:grid-cols-2 max-sm:grid-cols-1">
        {near.slice(0, SHOWN).map((each) => (
          <li
            key={each.profile}
            className="relative rounded-card border border-line bg-raised p-3.5 shadow-1 hover:border-line-strong"
            data-near={each.profile}
          >
            <div className="mb-1.5 flex items-center gap-2">
              <button
                type="button"
                onClick={() => onAsk(`profile:${each.profile}`)}
                className="flex min-w-0 items-center gap-2 rounded-key after:absolute after:inset-0"
              >
                <PlaceMark place={`profile:${each.profile}`} isStrong />
                <Icon of={ArrowRight} size={12} className="text-ink-3" />
                <span className="sr-only">to</span>
                <PlaceMark place={question.to} isStrong />
              </button>
              <span className="ms-auto rounded-chip border border-line px-1.5 text-small whitespace-nowrap text-ink-2">
                1 edit away
              </span>
            </div>
            <p className="text-small break-words text-ink-2">{missSentence(each, question)}</p>
          </li>
        ))}
      </ul>
      {near.length > SHOWN ? (
        <p className="mt-2 text-small text-ink-2">
          and{" "}
          {near
            .slice(SHOWN)
            .map(({ profile }) => profile)
            .join(", ")}
        </p>
      ) : null}
    </section>
  );
}

function missSentence({ profile, tag, nearest }: NearSender, { to, traffic }: ReachQuestion): string {
  const on = formatTraffic(traffic);
  if (to === `profile:${profile}`) {
    return `${profile} endpoints cannot reach each other${on === "" ? "" : ` on ${on}`}: ${profile} does not hold ${tag} itself.`;
  }
  const matches = on === "" ? "" : ` matches ${on} but`;
  return `${profile} sends it. ${placeName(to)} inbound ${nearest.position}${matches} needs tag ${tag}, which ${profile} lacks.`;
}

function countWords(count: number): string {
  return count === 1 ? "1 sender" : `${count} senders`;
}
