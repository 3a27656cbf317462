import { Asterisk, KeyRound, type LucideIcon, Network, TriangleAlert } from "lucide-react";
import { placeKey } from "#components/reach/place-key.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { ProfileId } from "#policy/profile-id.ts";
import type { GraphFocus } from "../model/graph-focus.ts";
import type { GraphModel, KeyNode } from "../model/graph-model.ts";
import { formatKey, graphRelations } from "../model/graph-relations.ts";
import type { GraphSelection } from "../model/graph-selection.ts";
import { PairList, PanelHead, PanelSection, PlaceLabel } from "./panel-parts.tsx";
import { RuleLines } from "./rule-lines.tsx";

type KeyPanelProps = {
  readonly model: GraphModel;
  readonly node: KeyNode;
  readonly focus: GraphFocus;
  readonly onSelect: (selection: GraphSelection) => void;
};

/** A key: who holds it, which rules admit it, and everything that gets through because of it. */
export function KeyPanel({ model, node, focus, onSelect }: KeyPanelProps) {
  const { key } = node;
  const { doors, tags } = graphRelations(model.snapshot);
  const asking = doors.filter((door) => formatKey(door.key) === formatKey(key));
  const holders = tags.find(({ tag }) => key.kind === "tag" && tag === key.tag)?.holders ?? [];
  return (
    <>
      <PanelHead
        mark={<Icon of={iconOf(node)} size={20} className={key.kind === "tag" ? "text-amber-text" : "text-ink-3"} />}
        title={titleOf(node)}
        detail={focus.pairs.length === 1 ? "opens 1 pair" : `opens ${focus.pairs.length} pairs`}
      />
      {key.kind === "tag" ? <Holders holders={holders} onSelect={onSelect} /> : null}
      <PanelSection title={key.kind === "tag" ? "Asked for by" : "Rules"} hint={asking.length}>
        {asking.length === 0 ? (
          <p className="text-ink-2">No inbound rule; outbound rules name it as a destination.</p>
        ) : null}
        <div className="flex flex-col gap-3">
          {asking.map(({ receiver, says, positions }) => (
            <div key={`${receiver} ${says}`}>
              <p className="mb-1 flex items-center gap-1.5 text-small text-ink-2">
                <PlaceLabel place={{ kind: "profile", id: receiver, rules: "valid" }} /> inbound
              </p>
              <RuleLines
                profile={model.snapshot.profiles.get(receiver)}
                direction="inbound"
                only={positions}
                decided={positions}
              />
            </div>
          ))}
        </div>
      </PanelSection>
      {focus.pairs.length === 0 ? null : (
        <PanelSection title="Gets through" hint={focus.pairs.length}>
          <PairList pairs={focus.pairs} say="both" onSelect={onSelect} />
        </PanelSection>
      )}
    </>
  );
}

function iconOf({ key }: KeyNode): LucideIcon {
  if (key.kind === "tag") return KeyRound;
  return key.kind === "range" ? Network : Asterisk;
}

function titleOf({ key }: KeyNode): string {
  if (key.kind === "tag") return key.tag;
  return key.kind === "range" ? key.cidr : "No tag needed";
}

type HoldersProps = { readonly holders: readonly ProfileId[]; readonly onSelect: KeyPanelProps["onSelect"] };

function Holders({ holders, onSelect }: HoldersProps) {
  return (
    <PanelSection title="Held by" hint={holders.length}>
      {holders.length === 0 ? (
        <p className="flex items-start gap-2 text-amber-text">
          <Icon of={TriangleAlert} size={14} className="mt-px" />
          Nobody holds it, so the rules that ask for it let nobody in.
        </p>
      ) : (
        <p className="flex flex-wrap gap-1.5">
          {holders.map((id) => (
            <button
              key={id}
              type="button"
              onClick={() => onSelect({ kind: "sender", from: placeKey({ kind: "profile", id, rules: "valid" }) })}
              className="inline-flex h-6 items-center rounded-chip border border-line bg-raised px-1.5 hover:bg-hover coarse:h-10"
            >
              <PlaceLabel place={{ kind: "profile", id, rules: "valid" }} />
            </button>
          ))}
        </p>
      )}
    </PanelSection>
  );
}
