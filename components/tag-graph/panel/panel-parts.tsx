import { Globe, Network } from "lucide-react";
import type { ReactNode } from "react";
import type { ReachNode } from "#analysis/reach/reach-node.ts";
import { Coat } from "#components/marks/coat.tsx";
import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { placeKey, placeName } from "#components/reach/place-key.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { GraphSelection } from "../model/graph-selection.ts";
import type { PairLines } from "../model/panel-content.ts";

type PanelHeadProps = { readonly mark: ReactNode; readonly title: ReactNode; readonly detail: ReactNode };

/** What the panel is about, verdict first. */
export function PanelHead({ mark, title, detail }: PanelHeadProps) {
  return (
    <header className="flex items-start gap-3 border-b border-line px-[18px] py-4">
      <span className="mt-0.5">{mark}</span>
      <div className="min-w-0">
        <h2 className="text-title break-words">{title}</h2>
        <p className="text-body break-words text-ink-2">{detail}</p>
      </div>
    </header>
  );
}

type PanelSectionProps = { readonly title: ReactNode; readonly hint?: ReactNode; readonly children: ReactNode };

/** One step of the argument. */
export function PanelSection({ title, hint, children }: PanelSectionProps) {
  return (
    <section className="border-b border-line px-[18px] py-3.5 last:border-b-0">
      <h3 className="mb-2 flex items-baseline gap-2 text-small font-[600]">
        {title}
        {hint === undefined ? null : <span className="ms-auto font-[400] text-ink-3">{hint}</span>}
      </h3>
      {children}
    </section>
  );
}

/** A place by its mark and name. */
export function PlaceLabel({ place, size = 15 }: { readonly place: ReachNode; readonly size?: 15 | 20 }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      {place.kind === "profile" ? (
        <Coat name={place.id} size={size} />
      ) : (
        <Icon of={place.kind === "world" ? Globe : Network} size={size === 20 ? 20 : 14} className="text-ink-3" />
      )}
      <span className={place.kind === "cidr" ? "mono truncate" : "truncate"}>{placeName(place)}</span>
    </span>
  );
}

type PairListProps = {
  readonly pairs: PairLines;
  /** Which end is said; both when neither is known from the place. */
  readonly say: "to" | "from" | "both";
  readonly onSelect: (selection: GraphSelection) => void;
};

/** Open pairs, each a way to its argument. */
export function PairList({ pairs, say, onSelect }: PairListProps) {
  return (
    <ul className="-mx-2 flex flex-col">
      {pairs.first.map((pair) => (
        <li key={pair.id}>
          <button
            type="button"
            onClick={() => onSelect({ kind: "pair", from: placeKey(pair.from), to: placeKey(pair.to) })}
            className="flex min-h-7 w-full items-center gap-1.5 rounded-chip px-2 text-start hover:bg-hover coarse:min-h-10"
          >
            <VerdictMark mark="allow" size={12} />
            {say === "to" ? null : <PlaceLabel place={pair.from} />}
            {say === "both" ? <span aria-hidden="true">→</span> : null}
            {say === "both" ? <span className="sr-only">to</span> : null}
            {say === "from" ? null : <PlaceLabel place={pair.to} />}
            <span className="mono ms-auto min-w-0 truncate ps-2 text-ink-2">{pair.text}</span>
          </button>
        </li>
      ))}
      {pairs.count > pairs.first.length ? (
        <li className="px-2 py-1 text-ink-2">and {pairs.count - pairs.first.length} more, in the table</li>
      ) : null}
    </ul>
  );
}
