import { CircleMinus, TriangleAlert } from "lucide-react";
import type { EffectPair } from "#components/drafts/draft-effect.ts";
import { ReachEffectList } from "#components/reach/reach-effect-list.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { FindingTexts, ImportEffect } from "./import-effect.ts";

const FIRST_PAIRS = 3;
const FIRST_FINDINGS = 4;

type ReachPreviewProps = { readonly effect: Pick<ImportEffect, "reach" | "staysClosed" | "findings"> };

/** Who can reach whom because of the import: every pair, every port; then what one might expect and does not happen. */
export function ReachPreview({ effect: { reach, staysClosed, findings } }: ReachPreviewProps) {
  return (
    <section
      aria-label="What becomes reachable"
      className="thin-scroll flex min-h-0 flex-col gap-3 border-line bg-surface p-[18px] max-lg:border-t lg:overflow-y-auto lg:border-s"
    >
      <header className="flex flex-wrap items-baseline gap-2">
        <h3 className="text-heading">What becomes reachable</h3>
        <span className="ms-auto text-small text-ink-2">every pair, every port</span>
      </header>
      <ReachEffectList effect={reach} />
      {staysClosed.length > 0 ? <StaysClosed pairs={staysClosed} /> : null}
      {findings === undefined ? null : <FindingChanges {...findings} />}
    </section>
  );
}

function StaysClosed({ pairs }: { readonly pairs: readonly EffectPair[] }) {
  return (
    <section aria-label="Stays closed" className="rounded-card border border-line px-3.5 py-3">
      <h4 className="mb-1.5 flex items-center gap-2 text-small font-[550]">
        <Icon of={CircleMinus} size={16} className="text-ink-3" />
        Stays closed
      </h4>
      <ul className="flex flex-col gap-1 text-small text-ink-2">
        {pairs.slice(0, FIRST_PAIRS).map(({ from, to, what }) => (
          <li key={`${from} ${to}`}>
            {to} lets {from} in on <span className="mono">{what}</span>, but {from} sends none of it. Nothing opens.
          </li>
        ))}
      </ul>
      {pairs.length > FIRST_PAIRS ? (
        <p className="mt-1 text-small text-ink-3">and {pairs.length - FIRST_PAIRS} more senders</p>
      ) : null}
    </section>
  );
}

function FindingChanges({ gained, lost }: FindingTexts) {
  if (gained.length + lost.length === 0) return null;
  return (
    <section aria-label="Findings" className="text-small text-ink-2">
      <h4 className="flex items-center gap-2 font-[550] text-ink">
        <Icon of={TriangleAlert} size={14} className={gained.length > 0 ? "text-amber-text" : "text-ink-3"} />
        {findingWords(gained.length, lost.length)}
      </h4>
      <ul className="mt-1 flex flex-col gap-1 ps-[22px]">
        {[...gained.map((text) => `New: ${text}`), ...lost.map((text) => `Gone: ${text}`)]
          .slice(0, FIRST_FINDINGS)
          .map((text) => (
            <li key={text} className="break-words">
              {text}
            </li>
          ))}
        {gained.length + lost.length > FIRST_FINDINGS ? (
          <li className="text-ink-3">and {gained.length + lost.length - FIRST_FINDINGS} more</li>
        ) : null}
      </ul>
    </section>
  );
}

function findingWords(gained: number, lost: number): string {
  const words = (count: number) => (count === 1 ? "1 finding" : `${count} findings`);
  if (gained === 0) return `${words(lost)} gone`;
  return lost === 0 ? `${words(gained)} new` : `${words(gained)} new, ${lost} gone`;
}
