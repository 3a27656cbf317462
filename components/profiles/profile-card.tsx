"use client";

import { type KeyboardEvent, lazy, memo, Suspense } from "react";
import type { SeenProfile } from "#components/drafts/draft.ts";
import { pressDraftKey } from "#components/drafts/draft-keys.ts";
import type { WordedFinding } from "#components/judge/judge-messages.ts";
import { RuleListContext, ShownProfileContext } from "#components/rules/rule-list-context.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { NodeStatus } from "#web/queries/node-statuses.ts";
import { CardBody } from "./card-body.tsx";
import { CardFoot } from "./card-foot.tsx";
import { CardHead } from "./card-head.tsx";
import { OpenDialog } from "./open-dialog.tsx";
import { TagRow } from "./tag-row.tsx";
import { type ProfileDesk, useProfileDesk } from "./use-profile-desk.ts";

const RemovedNote = lazy(() => import("./removed-note.tsx").then((module) => ({ default: module.RemovedNote })));

type ProfileCardProps = {
  readonly id: ProfileId;
  /** Absent when the profile was removed and a draft of it is kept. */
  readonly live: SeenProfile | undefined;
  /** Endpoints that name the profile. */
  readonly endpoints: readonly string[];
  readonly nodes: readonly NodeStatus[];
  readonly findings: readonly WordedFinding[];
  readonly canSave: boolean;
  /** When it changed while it was on screen, not by a draft of this browser; absent when that is no news. */
  readonly changedAt: number | undefined;
  readonly isSelected: boolean;
  readonly onSelect: (id: ProfileId) => void;
  /** The card the keyboard is at: only its controls are tab stops. */
  readonly isCurrent: boolean;
  readonly width: number;
  readonly onOpen: (id: ProfileId) => void;
};

/** Padding and border at both sides of a card. */
const CARD_SIDES = 26;

/** One profile: tags, both ordered lists with their tails, and what is known of enforcement. */
export const ProfileCard = memo(function ProfileCard(props: ProfileCardProps) {
  const { id, live, endpoints, nodes, canSave, isCurrent, isSelected, onSelect, width } = props;
  const desk = useProfileDesk(id, { live, density: "card", isTabStop: isCurrent });
  const { view } = desk;
  if (view === undefined) return null;
  const { profile } = view;
  const tabIndex = isCurrent ? 0 : -1;
  const isGone = view.live === undefined;
  return (
    <RuleListContext value={desk.actions}>
      <ShownProfileContext value={profile}>
        <article
          ref={desk.root}
          aria-label={`Profile ${id}`}
          data-profile={id}
          tabIndex={tabIndex}
          onKeyDown={(event) => {
            if (pressCard(event, desk, props)) event.preventDefault();
          }}
          className={`flex h-[304px] flex-col rounded-card border shadow-1 transition-shadow duration-press focus-visible:focus-card coarse:h-[418px] ${cardEdge(isGone, isSelected)}`}
        >
          <div className="flex shrink-0 flex-col gap-[7px] px-3 pt-2.5 pb-[11px]">
            <CardHead
              desk={desk}
              profile={profile}
              findings={props.findings}
              isSelected={isSelected}
              onSelect={() => onSelect(id)}
              tabIndex={tabIndex}
            />
            <TagRow
              profile={profile}
              stored={view.live?.profile}
              width={width - CARD_SIDES}
              tabIndex={tabIndex}
              onOpen={() => desk.open({ kind: "tags" })}
            />
          </div>
          {isGone ? (
            <Suspense fallback={null}>
              <RemovedNote desk={desk} canSave={canSave} />
            </Suspense>
          ) : (
            <CardBody desk={desk} profile={profile} stored={view.live?.profile} />
          )}
          {isGone ? null : (
            <CardFoot
              desk={desk}
              nodes={nodes}
              endpointCount={endpoints.length}
              changedAt={props.changedAt}
              canSave={canSave}
              tabIndex={tabIndex}
            />
          )}
        </article>
        <OpenDialog desk={desk} profile={profile} endpoints={endpoints} canSave={canSave} />
      </ShownProfileContext>
    </RuleListContext>
  );
});

function cardEdge(isGone: boolean, isSelected: boolean): string {
  if (isGone) return "border-dashed border-control-line bg-raised";
  return isSelected ? "border-focus bg-sel" : "border-line bg-raised";
}

type CardDoes = Pick<ProfileCardProps, "onOpen" | "onSelect">;

/** The keys of a card; those of a row come first and stop here. False for a key that is not a card's. */
function pressCard(event: KeyboardEvent<HTMLElement>, desk: ProfileDesk, { onOpen, onSelect }: CardDoes): boolean {
  const isOnCard = event.target === event.currentTarget;
  // Menus are drawn elsewhere in the page, but their keys bubble up here.
  const isInside = event.target instanceof Node && event.currentTarget.contains(event.target);
  if (!isInside || event.defaultPrevented || event.altKey || isTyping(event.target)) return false;
  if (event.metaKey || event.ctrlKey) return pressDraftKey(event, desk);
  if (event.key === "Escape" && !isOnCard) return act(() => event.currentTarget.focus());
  if (event.key === "Enter" && isOnCard) return act(() => onOpen(desk.id));
  if (event.key === "x") return act(() => onSelect(desk.id));
  if (event.key === "t") return act(() => desk.open({ kind: "tags" }));
  if (event.key === "a") return act(() => addRule(desk, "inbound"));
  if (event.key === "A") return act(() => addRule(desk, "outbound"));
  return false;
}

function addRule({ actions, view }: ProfileDesk, direction: "inbound" | "outbound"): void {
  const rules = view?.profile.rules;
  if (rules?.kind !== "valid") return;
  actions.openRule(direction, { kind: "insert", position: rules.value[direction].length + 1 });
}

function act(run: () => void): true {
  run();
  return true;
}

function isTyping(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select");
}
