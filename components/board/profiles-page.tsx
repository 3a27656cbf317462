"use client";

import { FileJson2, Plus } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { lazy, Suspense, useEffect, useState } from "react";
import { useLiveStatus } from "#components/live/live-status.ts";
import { usePolicy } from "#components/live/policy-provider.tsx";
import { OpenHelp } from "#components/shell/open-help.tsx";
import { Counter, PageFrame } from "#components/shell/page-frame.tsx";
import { KeyHint } from "#components/shell/status-bar.tsx";
import { usePageKeys } from "#components/shell/use-page-keys.ts";
import { Button, buttonLook } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { KeyCap } from "#components/ui/key-cap.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import { TagChip } from "#components/ui/tag-chip.tsx";
import { Board, type FocusWish } from "./board.tsx";
import { BoardSkeleton } from "./board-skeleton.tsx";
import { useBoard } from "./use-board.ts";

const Unreadable = lazy(() =>
  import("#components/live/unreadable.tsx").then((module) => ({ default: module.Unreadable })),
);
const FirstRun = lazy(() => import("./first-run.tsx").then((module) => ({ default: module.FirstRun })));
const CreateProfileDialog = lazy(() =>
  import("#components/profiles/dialogs/create-profile-dialog.tsx").then((module) => ({
    default: module.CreateProfileDialog,
  })),
);

type PageDialog = "create" | "help";

/** The board of profiles: read, reorder, edit, save. */
export function ProfilesPage() {
  const router = useRouter();
  const policy = usePolicy();
  const status = useLiveStatus();
  const board = useBoard();
  const [dialog, setDialog] = usePageDialog();
  const [created, setCreated] = useState<FocusWish>();
  const canSave = status.kind === "live" || status.kind === "connecting";
  const isEmpty = policy.kind === "known" && board.items.length === 0;
  usePageKeys({
    n: () => setDialog("create"),
    i: () => router.push("/import"),
    "/": () => board.field.current?.focus(),
    v: () => board.url.choose({ as: board.url.as === "table" ? "cards" : "table" }),
    "?": () => setDialog("help"),
  });
  return (
    <PageFrame
      title="Profiles"
      counters={board.counts.views.all > 0 ? <BoardCounters counts={board.counts} /> : null}
      actions={<PageActions onCreate={() => setDialog("create")} />}
      status={<Legend />}
      keys={<BoardKeys />}
    >
      {policy.kind === "reading" ? <BoardSkeleton /> : null}
      {policy.kind === "unreadable" ? (
        <Suspense fallback={null}>
          <Unreadable detail={policy.detail} onRetry={policy.retry} />
        </Suspense>
      ) : null}
      {isEmpty ? (
        <Suspense fallback={null}>
          <FirstRun canSave={canSave} onCreate={() => setDialog("create")} />
        </Suspense>
      ) : null}
      {policy.kind === "known" && !isEmpty ? (
        <Board board={board} state={policy.state} canSave={canSave} focusOn={created} />
      ) : null}
      <Suspense fallback={null}>
        {dialog === "create" ? (
          <CreateProfileDialog
            taken={new Set(board.items.map((item) => item.id))}
            canSave={canSave}
            onCreated={(id) => {
              setCreated({ id });
              setDialog(undefined);
            }}
            onClose={() => setDialog(undefined)}
          />
        ) : null}
      </Suspense>
      <OpenHelp isOpen={dialog === "help"} onClose={() => setDialog(undefined)} />
    </PageFrame>
  );
}

/** The dialog of the page that is open. `?new=1` asks for a new profile, as the palette does from another page. */
function usePageDialog() {
  const params = useSearchParams();
  const isAsked = params.get("new") !== null;
  const [dialog, setDialog] = useState<PageDialog>();
  useEffect(() => {
    if (!isAsked) return;
    setDialog("create");
    const url = new URL(window.location.href);
    url.searchParams.delete("new");
    window.history.replaceState(null, "", url);
  }, [isAsked]);
  return [dialog, setDialog] as const;
}

function BoardCounters({ counts }: { readonly counts: ReturnType<typeof useBoard>["counts"] }) {
  return (
    <>
      <Counter value={counts.views.all} unit={counts.views.all === 1 ? "profile" : "profiles"} />
      <Counter value={counts.rules} unit={counts.rules === 1 ? "rule" : "rules"} />
      <Counter value={counts.tags} unit={counts.tags === 1 ? "tag" : "tags"} />
    </>
  );
}

function PageActions({ onCreate }: { readonly onCreate: () => void }) {
  return (
    <>
      <PageLink href="/import" className={`${buttonLook({ look: "secondary" })} hover:bg-hover max-md:hidden`}>
        <Icon of={FileJson2} size={14} />
        Import JSON
      </PageLink>
      <Button look="primary" onClick={onCreate} className="max-md:hidden">
        <Icon of={Plus} size={14} className="text-amber" />
        New profile
        <KeyCap onPrimary>N</KeyCap>
      </Button>
      <Button look="plain" size="iconLarge" onClick={onCreate} className="md:hidden" aria-label="New profile">
        <Icon of={Plus} />
      </Button>
    </>
  );
}

function Legend() {
  return (
    <>
      <TagChip tag="held" holding="held" />
      <TagChip tag="admitted" holding="admitted" />
    </>
  );
}

function BoardKeys() {
  return (
    <>
      <KeyHint keys="↑↓←→" does="move" />
      <KeyHint keys="↵" does="open" />
      <KeyHint keys="T" does="tags" />
      <KeyHint keys="X" does="select" />
      <KeyHint keys="?" does="all keys" />
    </>
  );
}
