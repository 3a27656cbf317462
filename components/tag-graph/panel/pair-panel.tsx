import { KeyRound } from "lucide-react";

import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { profileHref } from "#components/profiles/profile-href.ts";
import { placeName } from "#components/reach/place-key.ts";
import { Icon } from "#components/ui/icon.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import { TagChip } from "#components/ui/tag-chip.tsx";
import type { Profile } from "#policy/profile.ts";
import type { Position } from "#policy/rule.ts";
import type { Drawn } from "../access/drawn.ts";
import type { PairArgument } from "../model/pair-argument.ts";
import type { PanelContent } from "../model/panel-content.ts";
import type { GraphDial } from "../use-graph-dial.ts";
import { ChangeNote } from "./change-note.tsx";
import { PairActions } from "./pair-actions.tsx";
import { PanelHead, PanelSection } from "./panel-parts.tsx";
import { RuleLines } from "./rule-lines.tsx";
import { StopNote } from "./stop-note.tsx";
import { WithoutTag } from "./without-tag.tsx";

type PairPanelProps = {
  readonly panel: Extract<PanelContent, { readonly kind: "pair" }>;
  readonly onSelect: GraphDial["select"];
  readonly onDraw: (drawn: Drawn) => void;
};

/** The verdict on a pair, argued: what lets it out, the key, what lets it in, and what hangs on the key. */
export function PairPanel({ panel: { argument, change, without }, onSelect, onDraw }: PairPanelProps) {
  const { text, sender, receiver, letsOut, letsIn, drops, stops } = argument;
  const [sending, receiving] = [placeName(argument.from), placeName(argument.to)];
  return (
    <>
      <PanelHead
        mark={<VerdictMark mark={text === undefined ? "deny" : "allow"} size={20} />}
        title={`${sending} ${text === undefined ? "cannot" : "can"} reach ${receiving}`}
        detail={
          text === undefined ? (
            reasonOf(argument)
          ) : (
            <>
              on <span className="mono">{text}</span>
            </>
          )
        }
      />
      {change === undefined ? null : <ChangeNote change={change} />}
      {sender === undefined ? (
        <OutsideSection title={`${sending} lets it out`} />
      ) : (
        <RulesSection
          title={`${sending} ${sideWords(argument, "out")}`}
          profile={sender}
          direction="outbound"
          decided={[...letsOut, ...drops.sender]}
        />
      )}
      <KeySection argument={argument} />
      {receiver === undefined ? (
        <OutsideSection title={`${receiving} lets it in`} />
      ) : (
        <RulesSection
          title={`${receiving} ${sideWords(argument, "in")}`}
          profile={receiver}
          direction="inbound"
          decided={[...letsIn, ...drops.receiver]}
        />
      )}
      {stops.length === 0 ? null : (
        <PanelSection title="Stopped by one side">
          {stops.map((stop) => (
            <StopNote key={stop.id} stop={stop} />
          ))}
        </PanelSection>
      )}
      {without === undefined ? null : <WithoutTag {...{ argument, without, onSelect }} />}
      <PairActions {...{ argument, without, onDraw }} />
    </>
  );
}

/** What one side does about the pair by itself. */
function sideWords({ text, isSent, isAdmitted }: PairArgument, way: "out" | "in"): string {
  if (text !== undefined) return `lets it ${way}`;
  const isWilling = way === "out" ? isSent : isAdmitted;
  return isWilling ? `would let something ${way}` : `does not let it ${way}`;
}

type RulesSectionProps = {
  readonly title: string;
  readonly profile: Profile;
  readonly direction: "inbound" | "outbound";
  readonly decided: readonly Position[];
};

function RulesSection({ title, profile, direction, decided }: RulesSectionProps) {
  return (
    <PanelSection
      title={title}
      hint={
        <PageLink href={profileHref(profile.id)} className="text-ink-2 underline hover:text-ink">
          Open in editor<span className="sr-only">: {profile.id}</span>
        </PageLink>
      }
    >
      <RuleLines profile={profile} direction={direction} decided={decided} />
    </PanelSection>
  );
}

function OutsideSection({ title }: { readonly title: string }) {
  return (
    <PanelSection title={title}>
      <p className="text-ink-2">It is no endpoint of ours: no policy of ours is asked there.</p>
    </PanelSection>
  );
}

/** What the receiver asks for, and whether the sender has it. */
function KeySection({ argument }: { readonly argument: PairArgument }) {
  const { keys, missingKeys } = argument;
  const [sending, receiving] = [placeName(argument.from), placeName(argument.to)];
  const turned = keys.flatMap(({ key }) => (key.kind === "tag" ? [key.tag] : []));
  if (turned.length === 0 && missingKeys.length === 0) return null;
  return (
    <PanelSection title="Key">
      <ul className="flex flex-col gap-1.5">
        {turned.map((tag) => (
          <li key={tag} className="flex flex-wrap items-center gap-2">
            <TagChip tag={tag} holding="held" />
            <span className="text-ink-2">
              {sending} holds it, {receiving} admits it
            </span>
          </li>
        ))}
        {missingKeys.map(({ tag, position }) => (
          <li key={`${tag} ${position}`} className="flex flex-wrap items-center gap-1.5 text-ink-2">
            <span className="inline-flex h-5 items-center gap-1 rounded-chip border border-dashed border-control-line px-1.5">
              <Icon of={KeyRound} size={12} className="text-ink-3" />
              <span className="mono text-[11px]">{tag}</span>
            </span>
            <span>
              {receiving} inbound {position} asks for it, {sending} lacks it
            </span>
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}

function reasonOf({ from, to, sender, receiver, isSent }: PairArgument): string {
  const [sending, receiving] = [placeName(from), placeName(to)];
  if (sender === undefined && receiver === undefined) return "neither is an endpoint of ours";
  if (receiver !== undefined && receiver.rules.kind !== "valid") return `the rules of ${receiving} cannot be read`;
  if (sender !== undefined && sender.rules.kind !== "valid") return `the rules of ${sending} cannot be read`;
  return isSent ? `no inbound rule of ${receiving} lets it in` : `no outbound rule of ${sending} lets it out`;
}
