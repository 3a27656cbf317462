"use client";

import { ChevronRight, PencilLine } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useDraftKeys } from "#components/drafts/draft-keys.ts";
import { seenProfile } from "#components/drafts/seen-profile.ts";
import { UndoButtons } from "#components/drafts/undo-buttons.tsx";
import { countEdits } from "#components/drafts/use-save-draft.ts";
import { usePageSelection } from "#components/editor/use-page-selection.ts";
import { useRuleInAddress } from "#components/editor/use-rule-in-address.ts";
import { Coat } from "#components/marks/coat.tsx";
import { RuleListContext, ShownProfileContext } from "#components/rules/rule-list-context.ts";
import { OpenHelp } from "#components/shell/open-help.tsx";
import { PageFrame } from "#components/shell/page-frame.tsx";
import { KeyHint } from "#components/shell/status-bar.tsx";
import { usePageKeys } from "#components/shell/use-page-keys.ts";
import { Icon } from "#components/ui/icon.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import type { ProfileId } from "#policy/profile-id.ts";
import type { PolicyState } from "#web/queries/policy-state.ts";
import { OpenDialog } from "../open-dialog.tsx";
import { endpointsOf } from "../profile-endpoints.ts";
import { RemovedNote } from "../removed-note.tsx";
import { type ProfileDesk, useProfileDesk } from "../use-profile-desk.ts";
import { type EditorView, useEditorView } from "./editor-view.ts";
import { EditorWork } from "./editor-work.tsx";
import { ImpactBar } from "./impact-bar.tsx";
import { NoSuchProfile } from "./no-such-profile.tsx";
import { TagStrip } from "./tag-strip.tsx";
import { ViewSwitch } from "./view-switch.tsx";

type ProfileWorkProps = { readonly id: ProfileId; readonly state: PolicyState; readonly canSave: boolean };

/** Tags, both lists side by side, and the impact bar while there is a draft. */
export function ProfileWork({ id, state, canSave }: ProfileWorkProps) {
  const router = useRouter();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const desk = useProfileDesk(id, { live: seenProfile(state, id), density: "page", isTabStop: true });
  const { view } = desk;
  const rules = view?.profile.rules.kind === "valid" ? view.profile.rules.value : undefined;
  const page = usePageSelection(desk.actions, rules);
  const [editorView, show] = useEditorView();
  const stored = view?.live?.profile.rules;
  useRuleInAddress(page, {
    shown: rules,
    stored: stored?.kind === "valid" ? stored.value : undefined,
    root: desk.root,
  });
  const entries = { inbound: useRef<HTMLInputElement>(null), outbound: useRef<HTMLInputElement>(null) };
  usePageKeys({
    a: () => entries.inbound.current?.focus(),
    A: () => entries.outbound.current?.focus(),
    t: () => desk.open({ kind: "tags" }),
    "?": () => setHelpOpen(true),
    Escape: () => (page.selection === undefined ? router.push("/profiles") : page.clear()),
  });
  useDraftKeys(desk);
  if (view === undefined)
    return <NoSuchProfile name={id} reason="It may have been removed. Nothing of it is kept in this browser." />;
  const { profile } = view;
  const isGone = view.live === undefined;
  return (
    <RuleListContext value={page.actions}>
      <ShownProfileContext value={profile}>
        <PageFrame
          title={<Breadcrumb desk={desk} />}
          actions={<WorkActions desk={desk} editorView={editorView} onShow={show} />}
          keys={<WorkKeys />}
        >
          <section ref={desk.root} aria-label={`Profile ${id}`} className="flex min-h-0 grow flex-col">
            <TagStrip
              profile={profile}
              stored={view.live?.profile}
              snapshot={state.snapshot}
              onOpen={() => desk.open({ kind: "tags" })}
            />
            {isGone ? (
              <RemovedNote desk={desk} canSave={canSave} />
            ) : (
              <EditorWork {...{ desk, page, entries, profile, editorView }} onShow={show} snapshot={state.snapshot} />
            )}
          </section>
          {view.draft && !isGone ? <ImpactBar desk={desk} canSave={canSave} /> : null}
        </PageFrame>
        <OpenDialog desk={desk} profile={profile} endpoints={endpointsOf(state.snapshot, id)} canSave={canSave} />
        <OpenHelp isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
      </ShownProfileContext>
    </RuleListContext>
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

type WorkActionsProps = {
  readonly desk: ProfileDesk;
  readonly editorView: EditorView;
  readonly onShow: (view: EditorView) => void;
};

function WorkActions({ desk, editorView, onShow }: WorkActionsProps) {
  return (
    <>
      <ViewSwitch view={editorView} onChange={onShow} />
      <UndoButtons {...desk} />
    </>
  );
}

function WorkKeys() {
  return (
    <>
      <KeyHint keys="Alt ↑↓" does="move" />
      <KeyHint keys="⇧↑↓" does="choose" />
      <KeyHint keys="P" does="park" />
      <KeyHint keys="A" does="add inbound" />
      <KeyHint keys="⇧A" does="add outbound" />
      <KeyHint keys="T" does="tags" />
      <KeyHint keys="?" does="all keys" />
    </>
  );
}
