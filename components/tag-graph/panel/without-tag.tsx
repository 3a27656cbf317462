import { placeKey, placeName } from "#components/reach/place-key.ts";
import { ReachEffectList } from "#components/reach/reach-effect-list.tsx";
import type { PairArgument } from "../model/pair-argument.ts";
import type { WithoutTag as Loss } from "../model/panel-content.ts";
import type { GraphDial } from "../use-graph-dial.ts";
import { PanelSection, PlaceLabel } from "./panel-parts.tsx";

type WithoutTagProps = {
  readonly argument: PairArgument;
  readonly without: Loss;
  readonly onSelect: GraphDial["select"];
};

/** What the sender would lose with the tag the pair hangs on, exactly, and who else uses that tag. */
export function WithoutTag({ argument: { from, to }, without: { tag, effect, others }, onSelect }: WithoutTagProps) {
  return (
    <>
      <PanelSection title={`If ${placeName(from)} loses ${tag}`}>
        <ReachEffectList effect={effect} />
      </PanelSection>
      {others.length === 0 ? null : (
        <PanelSection title={`Also through ${tag}`} hint={others.length}>
          <p className="flex flex-wrap gap-1.5">
            {others.map((id) => (
              <button
                key={id}
                type="button"
                onClick={() => onSelect({ kind: "pair", from: id, to: placeKey(to) })}
                className="inline-flex h-6 items-center rounded-chip border border-line bg-raised px-1.5 hover:bg-hover coarse:h-10"
              >
                <PlaceLabel place={{ kind: "profile", id, rules: "valid" }} />
              </button>
            ))}
          </p>
        </PanelSection>
      )}
    </>
  );
}
