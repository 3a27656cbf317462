import { Asterisk, KeyRound, type LucideIcon, Network, TriangleAlert } from "lucide-react";
import { placeKey } from "#components/reach/place-key.ts";
import { Icon } from "#components/ui/icon.tsx";
import { type ProfileId, parseProfileId } from "#policy/profile-id.ts";
import type { Tag } from "#policy/tag.ts";
import { TriedDraft } from "../access/tried-draft.tsx";
import type { KeyNode } from "../model/graph-model.ts";
import type { PanelContent } from "../model/panel-content.ts";
import type { GraphDial } from "../use-graph-dial.ts";
import { PairList, PanelHead, PanelSection, PlaceLabel } from "./panel-parts.tsx";
import { RuleLines } from "./rule-lines.tsx";

type KeyPanelProps = {
  readonly panel: Extract<PanelContent, { readonly kind: "key" }>;
  readonly onSelect: GraphDial["select"];
};

/** A key: who holds it, which rules admit it, and everything that gets through because of it. */
export function KeyPanel({ panel: { node, doors: asking, holders, others, pairs }, onSelect }: KeyPanelProps) {
  const { key } = node;
  return (
    <>
      <PanelHead
        mark={<Icon of={iconOf(node)} size={20} className={key.kind === "tag" ? "text-amber-text" : "text-ink-3"} />}
        title={titleOf(node)}
        detail={pairs.count === 1 ? "opens 1 pair" : `opens ${pairs.count} pairs`}
      />
      {key.kind === "tag" ? <Holders holders={holders} onSelect={onSelect} /> : null}
      <PanelSection title={key.kind === "tag" ? "Asked for by" : "Rules"} hint={asking.length}>
        {asking.length === 0 ? (
          <p className="text-ink-2">No inbound rule; outbound rules name it as a destination.</p>
        ) : null}
        <div className="flex flex-col gap-3">
          {asking.map(({ receiver, says, positions, profile }) => (
            <div key={`${receiver} ${says}`}>
              <p className="mb-1 flex items-center gap-1.5 text-small text-ink-2">
                <PlaceLabel place={{ kind: "profile", id: receiver, rules: "valid" }} /> inbound
              </p>
              <RuleLines profile={profile} direction="inbound" only={positions} decided={positions} />
            </div>
          ))}
        </div>
      </PanelSection>
      {pairs.count === 0 ? null : (
        <PanelSection title="Gets through" hint={pairs.count}>
          <PairList pairs={pairs} say="both" onSelect={onSelect} />
        </PanelSection>
      )}
      {key.kind === "tag" ? <KeyActions key={key.tag} {...{ tag: key.tag, holders, others }} /> : null}
    </>
  );
}

type KeyActionsProps = {
  readonly tag: Tag;
  readonly holders: readonly ProfileId[];
  readonly others: readonly ProfileId[];
};

/** The tag given to or taken from a profile, as a draft, with its effect first. */
function KeyActions({ tag, holders, others }: KeyActionsProps) {
  const editOf = (kind: "add-tag" | "remove-tag") => (text: string) => {
    const id = parseProfileId(text);
    return id.ok ? { profile: id.value, edit: { kind, tag } } : undefined;
  };
  return (
    <PanelSection title="Begin a draft">
      <div className="flex flex-col gap-4">
        <TriedDraft label="Give it to" choices={others} editFor={editOf("add-tag")} />
        {holders.length === 0 ? null : (
          <TriedDraft label="Take it from" choices={holders} editFor={editOf("remove-tag")} />
        )}
      </div>
    </PanelSection>
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
