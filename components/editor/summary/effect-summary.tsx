import { Globe, Network, Radar } from "lucide-react";
import { useState } from "react";
import { Coat } from "#components/marks/coat.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { Direction } from "#policy/rule.ts";
import type { SummaryPlace, SummaryRow } from "./profile-summary.ts";

type EffectSummaryProps = {
  readonly name: string;
  readonly direction: Direction;
  readonly rows: readonly SummaryRow[];
};

/** Further rows and places are one press away. */
const FIRST_ROWS = 8;
const FIRST_PLACES = 12;

/** Below a list: who reaches the profile, or what it reaches, grouped by port, with what the draft opens and closes. */
export function EffectSummary({ name, direction, rows }: EffectSummaryProps) {
  const [isWhole, setWhole] = useState(false);
  const isChanged = rows.some(({ places }) => places.some(({ change }) => change !== "stays"));
  const shown = isWhole ? rows : rows.slice(0, FIRST_ROWS);
  return (
    <details open className="mt-4 border-t border-line px-2 pt-3" data-summary={direction}>
      <summary className="flex min-h-6 cursor-pointer list-none items-center gap-2">
        <Icon of={Radar} size={14} className="text-ink-2" />
        <h3 className="text-heading">{direction === "inbound" ? `Who reaches ${name}` : `What ${name} reaches`}</h3>
        <span className="text-small text-ink-3">{isChanged ? "with this draft" : "unchanged"}</span>
      </summary>
      {rows.length === 0 ? <p className="pt-2 text-small text-ink-3">Nobody, on no port.</p> : null}
      <dl className="flex flex-col gap-1.5 pt-2">
        {shown.map(({ what, places }) => (
          <div key={what} className="flex gap-3">
            <dt className="mono w-24 shrink-0 pt-1 text-small break-words">{what}</dt>
            <dd className="flex min-w-0 flex-wrap gap-1.5">
              {places.slice(0, isWhole ? places.length : FIRST_PLACES).map((place) => (
                <PlaceChip key={place.name} place={place} />
              ))}
              {!isWhole && places.length > FIRST_PLACES ? (
                <span className="pt-1 text-small text-ink-3">and {places.length - FIRST_PLACES} more</span>
              ) : null}
            </dd>
          </div>
        ))}
      </dl>
      {!isWhole && (rows.length > FIRST_ROWS || rows.some(({ places }) => places.length > FIRST_PLACES)) ? (
        <button
          type="button"
          onClick={() => setWhole(true)}
          className="mt-2 min-h-6 text-small text-ink-2 underline hover:text-ink"
        >
          Show all {rows.length}
        </button>
      ) : null}
    </details>
  );
}

const LOOKS = {
  stays: "border-line bg-raised text-ink",
  opens: "border-allow-line bg-allow-tint text-allow-text",
  closes: "border-dashed border-deny bg-deny-tint text-deny-text",
};

function PlaceChip({ place: { name, change } }: { readonly place: SummaryPlace }) {
  const isRange = name.includes("/");
  return (
    <span
      className={`inline-flex h-6 max-w-full items-center gap-1.5 rounded-chip border px-1.5 text-small ${LOOKS[change]}`}
    >
      {name === "Anywhere" ? (
        <Icon of={Globe} size={14} />
      ) : isRange ? (
        <Icon of={Network} size={14} />
      ) : (
        <Coat name={name} size={15} />
      )}
      <span className={isRange ? "mono truncate" : "truncate"}>{name === "Anywhere" ? "anyone" : name}</span>
      {change === "stays" ? null : <b className="font-[550]">{change}</b>}
    </span>
  );
}
