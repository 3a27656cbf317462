import { Waypoints } from "lucide-react";
import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { placeKey, placeName } from "#components/reach/place-key.ts";
import { ReachEffectList } from "#components/reach/reach-effect-list.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { GraphModel } from "../model/graph-model.ts";
import type { GraphSelection } from "../model/graph-selection.ts";
import type { LatestChange } from "../use-latest-change.ts";
import { PairList, PanelHead, PanelSection } from "./panel-parts.tsx";

type OverviewPanelProps = {
  readonly model: GraphModel;
  readonly change: LatestChange | undefined;
  readonly onSelect: (selection: GraphSelection) => void;
};

const FIRST_ROWS = 12;

/** Nothing is selected: how open the whole is, what changed last, what stands half open, what anyone may use. */
export function OverviewPanel({ model, change, onSelect }: OverviewPanelProps) {
  const { pairs, stops, revision, snapshot } = model;
  const inside = pairs.filter(({ from, to }) => from.kind === "profile" && to.kind === "profile").length;
  const fromOutside = pairs.filter(({ from }) => from.kind === "world");
  const possible = snapshot.profiles.size ** 2;
  return (
    <>
      <PanelHead
        mark={<Icon of={Waypoints} size={20} className="text-ink-3" />}
        title={`${inside} of ${possible} pairs open`}
        detail={`between ${snapshot.profiles.size === 1 ? "1 profile" : `${snapshot.profiles.size} profiles`} at rev ${revision}. Choose a box to see why.`}
      />
      {change === undefined ? null : (
        <PanelSection title={`Rev ${change.revision} came in`}>
          <ReachEffectList effect={change.effect} />
        </PanelSection>
      )}
      {stops.length === 0 ? null : (
        <PanelSection title="Stopped by one side" hint={stops.length}>
          <ul className="-mx-2 flex flex-col">
            {stops.slice(0, FIRST_ROWS).map(({ id, from, to, stoppedBy, text }) => (
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
                  </span>
                </button>
              </li>
            ))}
            {stops.length > FIRST_ROWS ? (
              <li className="px-2 py-1 text-ink-2">and {stops.length - FIRST_ROWS} more, below the table</li>
            ) : null}
          </ul>
        </PanelSection>
      )}
      <PanelSection title="Anywhere can reach" hint={fromOutside.length}>
        {fromOutside.length === 0 ? <p className="text-ink-2">No profile lets just anyone in.</p> : null}
        <PairList pairs={fromOutside} say="to" onSelect={onSelect} />
      </PanelSection>
    </>
  );
}
