import { useMemo } from "react";
import { placeKey, placeName } from "#components/reach/place-key.ts";
import { reachEffect, snapshotWith } from "#components/reach/reach-effect.ts";
import { ReachEffectList } from "#components/reach/reach-effect-list.tsx";
import { applyEdit } from "#policy/edit/apply-edit.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Tag } from "#policy/tag.ts";
import type { GraphModel } from "../model/graph-model.ts";
import { graphRelations } from "../model/graph-relations.ts";
import type { GraphSelection } from "../model/graph-selection.ts";
import type { PairArgument } from "../model/pair-argument.ts";
import { PanelSection, PlaceLabel } from "./panel-parts.tsx";

type WithoutTagProps = {
  readonly model: GraphModel;
  readonly argument: PairArgument;
  readonly onSelect: (selection: GraphSelection) => void;
};

/** What the sender would lose with the tag the pair hangs on, exactly, and who else uses that tag. */
export function WithoutTag({ model, argument, onSelect }: WithoutTagProps) {
  const { keys, sender, from, to } = argument;
  const tag = keys.flatMap(({ key }) => (key.kind === "tag" ? [key.tag] : []))[0];
  const effect = useMemo(
    () => (tag === undefined || sender === undefined ? undefined : effectWithout(model, sender.id, tag)),
    [model, sender, tag],
  );
  if (tag === undefined || effect === undefined) return null;
  const others = (graphRelations(model.snapshot).tags.find((asked) => asked.tag === tag)?.holders ?? []).filter(
    (id) => id !== sender?.id,
  );
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

function effectWithout({ snapshot }: GraphModel, id: ProfileId, tag: Tag) {
  const profile = snapshot.profiles.get(id);
  const without = profile === undefined ? undefined : applyEdit(profile, { kind: "remove-tag", tag });
  return without?.ok ? reachEffect(snapshot, snapshotWith(snapshot, [without.value])) : undefined;
}
