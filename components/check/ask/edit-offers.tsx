"use client";

import { PencilLine } from "lucide-react";
import { useState } from "react";
import type { Suggestion } from "#analysis/question/suggest-edits.ts";
import { placeOfNode } from "#components/reach/place-key.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { describeEdit } from "#policy/edit/describe-edit.ts";

const FIRST_OFFERS = 2;

type EditOffersProps = {
  readonly title: string;
  readonly offers: readonly Suggestion[] | undefined;
  readonly onStart: (offer: Suggestion) => void;
};

/** The smallest drafts that would turn the answer round, each with everything else that it would open and close. */
export function EditOffers({ title, offers, onStart }: EditOffersProps) {
  const [isWhole, setWhole] = useState(false);
  return (
    <section aria-label={title}>
      <h2 className="mb-2 flex items-baseline gap-2.5 text-heading">
        {title}
        <span className="text-small font-[400] tracking-normal text-ink-2">
          {offers === undefined ? "looking …" : "nothing is applied for you"}
        </span>
      </h2>
      {offers?.length === 0 ? (
        <p className="text-ink-2">
          No small change of profiles alone would do it. The endpoints or addresses would have to change.
        </p>
      ) : null}
      <ul className="grid grid-cols-2 gap-3 max-lg:grid-cols-1">
        {(offers ?? []).slice(0, isWhole ? undefined : FIRST_OFFERS).map((offer) => (
          <li key={offer.summary} className="rounded-card border border-line bg-raised p-3.5 shadow-1" data-offer>
            <div className="mb-2 flex items-center gap-2.5">
              <span className="inline-flex size-6 items-center justify-center rounded-chip border border-amber-line bg-amber-tint text-heading text-amber-text">
                {offer.edits.length}
              </span>
              <h3 className="text-heading">{countWords(offer.edits.length)}</h3>
              <Button size="small" className="ms-auto" onClick={() => onStart(offer)}>
                <Icon of={PencilLine} size={12} className="text-amber-text" />
                Start this draft
              </Button>
            </div>
            <ol className="flex flex-col gap-1">
              {offer.edits.map(({ profile, edit }) => (
                <li key={`${profile} ${describeEdit(edit)}`} className="break-words">
                  On <b className="font-[600]">{profile}</b>: <span className="mono">{describeEdit(edit)}</span>
                </li>
              ))}
            </ol>
            <p className="mt-2 text-small break-words text-ink-2">{effectOf(offer)}</p>
          </li>
        ))}
      </ul>
      {isWhole || (offers?.length ?? 0) <= FIRST_OFFERS ? null : (
        <button
          type="button"
          onClick={() => setWhole(true)}
          className="mt-2 min-h-6 text-ink-2 underline hover:text-ink"
        >
          {moreWays((offers?.length ?? 0) - FIRST_OFFERS)}
        </button>
      )}
    </section>
  );
}

function countWords(count: number): string {
  return count === 1 ? "One edit" : `${count === 2 ? "Two" : count} edits, all needed`;
}

const SHOWN = 4;

function effectOf({ opened, closed }: Suggestion): string {
  const parts = [effectPart("Opens", opened), effectPart("Closes", closed)].filter((part) => part !== "");
  return parts.length === 0 ? "Opens and closes nothing between profiles." : parts.join(" ");
}

function effectPart(word: string, pairs: Suggestion["opened"]): string {
  if (pairs.length === 0) return "";
  const shown = pairs
    .slice(0, SHOWN)
    .map(({ from, to, connections }) => `${placeOfNode(from)} → ${placeOfNode(to)} ${connections}`);
  const more = pairs.length > SHOWN ? `, and ${pairs.length - SHOWN} more` : "";
  return `${word} ${pairs.length === 1 ? "1 pair" : `${pairs.length} pairs`}: ${shown.join(", ")}${more}.`;
}

function moreWays(count: number): string {
  return count === 1 ? "1 more way" : `${count} more ways`;
}
