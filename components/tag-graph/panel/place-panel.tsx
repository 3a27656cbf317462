import type { ReachNode } from "#analysis/reach/reach-node.ts";
import { placeKey } from "#components/reach/place-key.ts";
import { TagChip } from "#components/ui/tag-chip.tsx";
import type { GraphFocus } from "../model/graph-focus.ts";
import type { GraphModel } from "../model/graph-model.ts";
import { heldTags } from "../model/graph-relations.ts";
import type { GraphSelection } from "../model/graph-selection.ts";
import { PairList, PanelHead, PanelSection, PlaceLabel } from "./panel-parts.tsx";
import { StopNote } from "./stop-note.tsx";

type PlacePanelProps = {
  readonly model: GraphModel;
  readonly selection: Extract<GraphSelection, { readonly kind: "sender" | "receiver" }>;
  readonly focus: GraphFocus;
  readonly onSelect: (selection: GraphSelection) => void;
};

/** One sender and all it reaches, or one receiver and all who reach it. */
export function PlacePanel({ model, selection, focus, onSelect }: PlacePanelProps) {
  const isSender = selection.kind === "sender";
  const key = isSender ? selection.from : selection.to;
  const place = (isSender ? model.senders : model.receivers).find((node) => placeKey(node.place) === key)?.place;
  if (place === undefined) return null;
  const count = focus.pairs.length;
  return (
    <>
      <PanelHead
        mark={
          <span className="[&>span]:text-[0]">
            <PlaceLabel place={place} size={20} />
          </span>
        }
        title={titleOf(place, isSender, count)}
        detail={`at rev ${model.revision}. Choose a ${isSender ? "receiver" : "sender"} to see why.`}
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
          <PairList pairs={focus.pairs} say={isSender ? "to" : "from"} onSelect={onSelect} />
        </PanelSection>
      )}
      {focus.stops.length === 0 ? null : (
        <PanelSection title="Stopped by one side">
          {focus.stops.map((stop) => (
            <StopNote key={stop.id} stop={stop} />
          ))}
        </PanelSection>
      )}
      {isSender && place.kind === "profile" ? <HeldTags model={model} place={place} onSelect={onSelect} /> : null}
    </>
  );
}

function titleOf(place: ReachNode, isSender: boolean, count: number): string {
  const name = place.kind === "world" ? "Anywhere" : placeKey(place);
  const others = count === 0 ? (isSender ? "nobody" : "Nobody") : count === 1 ? "1 place" : `${count} places`;
  return isSender ? `${name} can reach ${others}` : `${others} can reach ${name}`;
}

type HeldTagsProps = Pick<PlacePanelProps, "model" | "onSelect"> & {
  readonly place: Extract<ReachNode, { readonly kind: "profile" }>;
};

function HeldTags({ model, place, onSelect }: HeldTagsProps) {
  const profile = model.snapshot.profiles.get(place.id);
  const tags = profile === undefined ? [] : heldTags(profile);
  if (tags.length === 0) return null;
  const asked = new Set(model.keys.flatMap(({ key }) => (key.kind === "tag" ? [key.tag] : [])));
  const unasked = tags.filter((tag) => !asked.has(tag));
  return (
    <PanelSection title="Keys it holds" hint={tags.length}>
      <p className="flex flex-wrap gap-1.5">
        {tags
          .filter((tag) => asked.has(tag))
          .map((tag) => (
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
