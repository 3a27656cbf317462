import { ArrowRight, Globe, Network } from "lucide-react";
import { useState } from "react";
import type { DraftEffect, EffectPair } from "#components/drafts/draft-effect.ts";
import { Coat } from "#components/marks/coat.tsx";
import { Icon } from "#components/ui/icon.tsx";

const FIRST_ROWS = 12;

/** What opens and what closes, pair by pair: a count with its sign, the word, then who, whom and what. */
export function ReachEffectList({ effect: { opens, closes } }: { readonly effect: DraftEffect }) {
  if (opens.length + closes.length === 0) {
    return <p className="rounded-card border border-line bg-raised px-3.5 py-3 text-ink-2">Nothing opens or closes.</p>;
  }
  return (
    <div className="flex flex-col gap-3">
      {opens.length > 0 ? <EffectCard word="Opens" pairs={opens} /> : null}
      {closes.length > 0 ? <EffectCard word="Closes" pairs={closes} /> : null}
    </div>
  );
}

const COUNT_LOOKS = {
  Opens: "border-allow-line bg-allow-tint text-allow-text",
  Closes: "border-dashed border-deny bg-deny-tint text-deny-text",
};

function EffectCard({ word, pairs }: { readonly word: "Opens" | "Closes"; readonly pairs: readonly EffectPair[] }) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? pairs : pairs.slice(0, FIRST_ROWS);
  return (
    <section aria-label={word} className="rounded-card border border-line bg-raised px-3.5 py-3">
      <h4 className="mb-2 flex items-center gap-2.5 text-heading">
        <span className={`rounded-chip border px-1.5 font-[600] ${COUNT_LOOKS[word]}`}>
          {word === "Opens" ? "+" : "−"}
          {pairs.length}
        </span>
        {word}
      </h4>
      <ul className="flex flex-col gap-1.5">
        {shown.map(({ from, to, what }) => (
          <li key={`${from} ${to}`} className="flex flex-wrap items-center gap-x-2" data-pair={`${from}>${to}`}>
            <PlaceLabel name={from} />
            <Icon of={ArrowRight} size={12} className="text-ink-3" />
            <span className="sr-only">to</span>
            <PlaceLabel name={to} />
            <span className="mono ms-auto text-ink-2">{what}</span>
          </li>
        ))}
      </ul>
      {pairs.length > shown.length ? (
        <button
          type="button"
          onClick={() => setWhole(true)}
          className="mt-2 min-h-6 text-ink-2 underline hover:text-ink"
        >
          and {pairs.length - shown.length} more
        </button>
      ) : null}
    </section>
  );
}

/** A place by its mark and name; names of profiles cannot hold a slash, and none is called Anywhere by the judge. */
function PlaceLabel({ name }: { readonly name: string }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      {name === "Anywhere" ? (
        <Icon of={Globe} size={14} className="text-ink-3" />
      ) : name.includes("/") ? (
        <Icon of={Network} size={14} className="text-ink-3" />
      ) : (
        <Coat name={name} size={15} />
      )}
      <span className={name.includes("/") ? "mono truncate" : "truncate font-[550]"}>{name}</span>
    </span>
  );
}
