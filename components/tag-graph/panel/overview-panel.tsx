import { Waypoints } from "lucide-react";
import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { placeKey, placeName } from "#components/reach/place-key.ts";
import { ReachEffectList } from "#components/reach/reach-effect-list.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { PanelContent } from "../model/panel-content.ts";
import type { ShownView } from "../use-graph-answer.ts";
import type { GraphDial } from "../use-graph-dial.ts";
import { PairList, PanelHead, PanelSection } from "./panel-parts.tsx";

type OverviewPanelProps = {
  readonly shown: ShownView;
  readonly panel: Extract<PanelContent, { readonly kind: "overview" }>;
  readonly onSelect: GraphDial["select"];
};

const FIRST_ROWS = 12;

/** Nothing is selected: how open the whole is, what changed last, what stands half open, what anyone may use. */
export function OverviewPanel({ shown, panel, onSelect }: OverviewPanelProps) {
  const { revision, counts } = shown.view;
  const { stops, fromOutside } = panel;
  const change = shown.latest;
  const profiles = counts.profiles === 1 ? "1 profile" : `${counts.profiles} profiles`;
  return (
    <>
      <PanelHead
        mark={<Icon of={Waypoints} size={20} className="text-ink-3" />}
        title={`${counts.inside} of ${counts.profiles ** 2} pairs open`}
        detail={`between ${profiles} at rev ${revision}. Choose a box to see why.`}
      />
      {change === undefined ? null : (
        <PanelSection title={`Rev ${change.revision} came in`}>
          <ReachEffectList effect={change.effect} />
        </PanelSection>
      )}
      {stops.length === 0 ? null : (
        <PanelSection title="Stopped by one side" hint={counts.stops}>
          <ul className="-mx-2 flex flex-col">
            {stops.slice(0, FIRST_ROWS).map(({ id, from, to, stoppedBy, positions, text }) => (
              <li key={id}>
                <button
                  type="button"
                  onClick={() => onSelect({ kind: "pair", from: placeKey(from), to: placeKey(to) })}
                  className="flex min-h-7 w-full flex-wrap items-center gap-x-1.5 rounded-chip px-2 text-start hover:bg-hover coarse:min-h-10"
                >
                  <VerdictMark mark="deny" size={12} />
                  {placeName(from)} → {placeName(to)}
                  <span className="mono ms-auto text-ink-2">{text}</span>
                  <span className="w-full ps-[18px] text-small text-ink-2">
                    by {stoppedBy === "sender" ? `${placeName(from)}’s outbound` : `${placeName(to)}’s inbound`}
                    {positions.length === 0 ? "" : ` ${positions.join(", ")}`}
                  </span>
                </button>
              </li>
            ))}
            {counts.stops > FIRST_ROWS ? (
              <li className="px-2 py-1 text-ink-2">and {counts.stops - FIRST_ROWS} more, under Blocked</li>
            ) : null}
          </ul>
        </PanelSection>
      )}
      <PanelSection title="Anywhere can reach" hint={fromOutside.count}>
        {fromOutside.count === 0 ? <p className="text-ink-2">No profile lets just anyone in.</p> : null}
        <PairList pairs={fromOutside} say="to" onSelect={onSelect} />
      </PanelSection>
    </>
  );
}
