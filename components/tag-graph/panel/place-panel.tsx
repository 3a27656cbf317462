import type { ReachNode } from "#analysis/reach/reach-node.ts";
import { placeKey } from "#components/reach/place-key.ts";
import { TagChip } from "#components/ui/tag-chip.tsx";
import type { Drawn } from "../access/drawn.ts";
import type { PanelContent } from "../model/panel-content.ts";
import type { GraphDial } from "../use-graph-dial.ts";
import { PairList, PanelHead, PanelSection, PlaceLabel } from "./panel-parts.tsx";
import { PlaceActions } from "./place-actions.tsx";
import { StopNote } from "./stop-note.tsx";

type PlacePanelProps = {
  readonly panel: Extract<PanelContent, { readonly kind: "place" }>;
  readonly revision: number;
  readonly onSelect: GraphDial["select"];
  readonly onDraw: (drawn: Drawn) => void;
};

/** One sender and all it reaches, or one receiver and all who reach it. */
export function PlacePanel({ panel, revision, onSelect, onDraw }: PlacePanelProps) {
  const { place, side, pairs, stops, tags } = panel;
  const isSender = side === "sender";
  const { count } = pairs;
  return (
    <>
      <PanelHead
        mark={
          <span className="[&_.truncate]:sr-only">
            <PlaceLabel place={place} size={20} />
          </span>
        }
        title={titleOf(place, isSender, count)}
        detail={`at rev ${revision}. Choose a ${isSender ? "receiver" : "sender"} to see why.`}
      />
      {place.kind === "profile" && place.rules !== "valid" ? (
        <PanelSection title="Its rules">
          <p className="text-deny-text">
            {place.rules === "missing" ? "It has no rules value" : "Its rules cannot be read"}: new traffic that reaches
            it is dropped, in both directions.
          </p>
        </PanelSection>
      ) : null}
      {count === 0 ? null : (
        <PanelSection title={isSender ? "Reaches" : "Reached by"} hint={count}>
          <PairList pairs={pairs} say={isSender ? "to" : "from"} onSelect={onSelect} />
        </PanelSection>
      )}
      {stops.length === 0 ? null : (
        <PanelSection title="Stopped by one side">
          {stops.map((stop) => (
            <StopNote key={stop.id} stop={stop} />
          ))}
        </PanelSection>
      )}
      {tags.length > 0 ? <HeldTags tags={tags} onSelect={onSelect} /> : null}
      <PlaceActions panel={panel} onDraw={onDraw} key={placeKey(place)} />
    </>
  );
}

function titleOf(place: ReachNode, isSender: boolean, count: number): string {
  const name = place.kind === "world" ? "Anywhere" : placeKey(place);
  const others = count === 0 ? (isSender ? "nobody" : "Nobody") : count === 1 ? "1 place" : `${count} places`;
  return isSender ? `${name} can reach ${others}` : `${others} can reach ${name}`;
}

type HeldTagsProps = Pick<PlacePanelProps, "onSelect"> & Pick<PlacePanelProps["panel"], "tags">;

function HeldTags({ tags, onSelect }: HeldTagsProps) {
  const unasked = tags.flatMap(({ tag, isAsked }) => (isAsked ? [] : [tag]));
  return (
    <PanelSection title="Keys it holds" hint={tags.length}>
      <p className="flex flex-wrap gap-1.5">
        {tags
          .filter(({ isAsked }) => isAsked)
          .map(({ tag }) => (
            <button
              key={tag}
              type="button"
              className="rounded-chip"
              onClick={() => onSelect({ kind: "key", key: `tag:${tag}` })}
            >
              <TagChip tag={tag} holding="held" />
            </button>
          ))}
      </p>
      {unasked.length > 0 ? (
        <p className="mt-2 text-small text-ink-2">No receiver asks for {unasked.join(", ")}.</p>
      ) : null}
    </PanelSection>
  );
}
