"use client";

import { ChevronRight, PencilLine } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useDraftKeys } from "#components/drafts/draft-keys.ts";
import { seenProfile } from "#components/drafts/seen-profile.ts";
import { UndoButtons } from "#components/drafts/undo-buttons.tsx";
import { countEdits } from "#components/drafts/use-save-draft.ts";
import { Coat } from "#components/marks/coat.tsx";
import { RuleList } from "#components/rules/rule-list.tsx";
import { RuleListContext, ShownProfileContext } from "#components/rules/rule-list-context.ts";
import { OpenHelp } from "#components/shell/open-help.tsx";
import { PageFrame } from "#components/shell/page-frame.tsx";
import { KeyHint } from "#components/shell/status-bar.tsx";
import { usePageKeys } from "#components/shell/use-page-keys.ts";
import { Icon } from "#components/ui/icon.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { PolicyState } from "#web/queries/policy-state.ts";
import { OpenDialog } from "../open-dialog.tsx";
import { endpointsOf } from "../profile-endpoints.ts";
import { RemovedNote } from "../removed-note.tsx";
import { UnreadableRules } from "../unreadable-rules.tsx";
import { type ProfileDesk, useProfileDesk } from "../use-profile-desk.ts";
import { ImpactBar } from "./impact-bar.tsx";
import { NoSuchProfile } from "./no-such-profile.tsx";
import { TagStrip } from "./tag-strip.tsx";

type ProfileWorkProps = { readonly id: ProfileId; readonly state: PolicyState; readonly canSave: boolean };

/** Tags, both lists side by side, and the impact bar while there is a draft. */
export function ProfileWork({ id, state, canSave }: ProfileWorkProps) {
  const router = useRouter();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const desk = useProfileDesk(id, { live: seenProfile(state, id), density: "page", isTabStop: true });
  const { view } = desk;
  const openAdd = (direction: "inbound" | "outbound") => {
    const rules = view?.profile.rules;
    if (rules?.kind !== "valid") return;
    desk.actions.openRule(direction, { kind: "insert", position: rules.value[direction].length + 1 });
  };
  usePageKeys({
    a: () => openAdd("inbound"),
    A: () => openAdd("outbound"),
    t: () => desk.open({ kind: "tags" }),
    "?": () => setHelpOpen(true),
    Escape: () => router.push("/profiles"),
  });
  useDraftKeys(desk);
  if (view === undefined)
    return <NoSuchProfile name={id} reason="It may have been removed. Nothing of it is kept in this browser." />;
  const { profile } = view;
  const isGone = view.live === undefined;
  return (
    <RuleListContext value={desk.actions}>
      <ShownProfileContext value={profile}>
        <PageFrame title={<Breadcrumb desk={desk} />} actions={<UndoButtons {...desk} />} keys={<WorkKeys />}>
          <section ref={desk.root} aria-label={`Profile ${id}`} className="flex min-h-0 grow flex-col">
            <TagStrip profile={profile} stored={view.live?.profile} onOpen={() => desk.open({ kind: "tags" })} />
            {isGone ? <RemovedNote desk={desk} canSave={canSave} /> : <Lists desk={desk} profile={profile} />}
          </section>
          {view.draft && !isGone ? <ImpactBar desk={desk} canSave={canSave} /> : null}
        </PageFrame>
        <OpenDialog desk={desk} profile={profile} endpoints={endpointsOf(state.snapshot, id)} canSave={canSave} />
        <OpenHelp isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
      </ShownProfileContext>
    </RuleListContext>
  );
}

function Lists({ desk, profile }: { readonly desk: ProfileDesk; readonly profile: Profile }) {
  if (profile.rules.kind !== "valid") return <UnreadableRules leaf={profile.rules} desk={desk} />;
  const { inbound, outbound } = profile.rules.value;
  const stored = desk.view?.live?.profile.rules;
  const before = stored?.kind === "valid" ? stored.value : { inbound: [], outbound: [] };
  return (
    <div className="thin-scroll min-h-0 grow overflow-y-auto bg-sunken">
      <div className="grid grid-cols-2 gap-4 px-[22px] py-4 max-lg:grid-cols-1 max-md:px-4">
        <RuleList direction="inbound" rules={inbound} stored={before.inbound} />
        <RuleList direction="outbound" rules={outbound} stored={before.outbound} />
      </div>
    </div>
  );
}

function Breadcrumb({ desk }: { readonly desk: ProfileDesk }) {
  const edits = desk.view?.draft?.edits.length ?? 0;
  return (
    <>
      <PageLink href="/profiles" className="rounded-key font-[400] text-ink-2 hover:underline max-md:hidden">
        Profiles
      </PageLink>
      <Icon of={ChevronRight} size={14} className="text-ink-3 max-md:hidden" />
      <Coat name={desk.id} />
      <span className="truncate">{desk.id}</span>
      {edits > 0 ? (
        <span className="hatch flex h-5 items-center gap-1 rounded-chip border border-amber-line px-1.5 text-small font-[600] tracking-normal whitespace-nowrap text-amber-text">
          <Icon of={PencilLine} size={12} />
          Draft, {countEdits(edits)}
        </span>
      ) : null}
    </>
  );
}

function WorkKeys() {
  return (
    <>
      <KeyHint keys="Alt ↑↓" does="move rule" />
      <KeyHint keys="A" does="add inbound" />
      <KeyHint keys="⇧A" does="add outbound" />
      <KeyHint keys="T" does="tags" />
      <KeyHint keys="?" does="all keys" />
    </>
  );
}
