"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { warmJudge } from "#components/drafts/effect/ask-effect.ts";
import { expectedNodes } from "#components/live/expected-nodes.ts";
import { ProfileCard } from "#components/profiles/profile-card.tsx";
import { endpointsOf } from "#components/profiles/profile-endpoints.ts";
import { profileHref } from "#components/profiles/profile-href.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { nodeStatuses } from "#web/queries/node-statuses.ts";
import type { PolicyState } from "#web/queries/policy-state.ts";
import { BoardFilter } from "./board-filter.tsx";
import { BoardGrid } from "./board-grid.tsx";
import { type BoardItem, findingsOf } from "./board-model.ts";
import type { ChangedAt } from "./change-watch.tsx";
import type { BoardState } from "./use-board.ts";
import type { BoardUrl } from "./use-board-url.ts";
import { warmParts } from "./warm-parts.ts";

const BoardNothing = lazy(() => import("./board-nothing.tsx").then((module) => ({ default: module.BoardNothing })));
const ChangeWatch = lazy(() => import("./change-watch.tsx").then((module) => ({ default: module.ChangeWatch })));
const BoardTable = lazy(() => import("./board-table.tsx").then((module) => ({ default: module.BoardTable })));
const BulkBar = lazy(() => import("./bulk/bulk-bar.tsx").then((module) => ({ default: module.BulkBar })));

type BoardProps = {
  readonly board: BoardState;
  readonly state: PolicyState;
  readonly canSave: boolean;
  readonly focusOn: FocusWish | undefined;
};

/** A card the keyboard shall go to; a new object is a new wish. */
export type FocusWish = { readonly id: ProfileId };

/** The judge, menus and dialogs come when the first paint is long done. */
const WARM_AFTER_MS = 1_000;
const NO_NODES = [] as const;

/** Filter and cards. */
export function Board({ board, state, canSave, focusOn }: BoardProps) {
  const router = useRouter();
  const [current, setCurrent] = useState<ProfileId>();
  const [wanted, setWanted] = useState<FocusWish>();
  const [changedAt, setChangedAt] = useState<ChangedAt>();
  const [isWarm, setWarm] = useState(false);
  const [begun] = useState(board.items);
  const statuses = useQuery(nodeStatuses()).data ?? NO_NODES;
  const { endpoints } = state.snapshot;
  // One value while profiles change: every card is given it.
  const nodes = useMemo(() => expectedNodes(statuses, { endpoints }), [statuses, endpoints]);
  useEffect(() => {
    const timer = setTimeout(() => {
      warmJudge(state.snapshot);
      warmParts();
      setWarm(true);
    }, WARM_AFTER_MS);
    return () => clearTimeout(timer);
  }, [state.snapshot]);
  const open = useCallback((id: ProfileId) => router.push(profileHref(id)), [router]);
  const { shown, findings, url } = board;
  const { selected, choose } = url;
  const chosen = useMemo(() => new Set(selected), [selected]);
  const select = useSelect(url);
  const first = shown[0]?.id;
  const stop = current !== undefined && shown.some((item) => item.id === current) ? current : first;
  const card = ({ id, live }: BoardItem, width: number) => (
    <ProfileCard
      key={id}
      id={id}
      live={live}
      endpoints={endpointsOf(state.snapshot, id)}
      nodes={nodes}
      findings={findingsOf({ findings }, id)}
      canSave={canSave}
      changedAt={changedAt?.get(id)}
      isSelected={chosen.has(id)}
      onSelect={select}
      isCurrent={id === stop}
      width={width}
      onOpen={open}
    />
  );
  return (
    <>
      <BoardFilter
        field={board.field}
        url={url}
        counts={board.counts.views}
        onLeave={() => stop !== undefined && setWanted({ id: stop })}
      />
      <Suspense fallback={null}>
        {isWarm ? <ChangeWatch items={board.items} since={begun} onNews={setChangedAt} /> : null}
      </Suspense>
      <Suspense fallback={null}>{shown.length === 0 ? <BoardNothing board={board} /> : null}</Suspense>
      {shown.length > 0 && url.as === "cards" ? (
        <BoardGrid items={shown} current={stop} onCurrent={setCurrent} focusOn={wanted ?? focusOn} card={card} />
      ) : null}
      <Suspense fallback={null}>
        {shown.length > 0 && url.as === "table" ? (
          <BoardTable board={board} state={state} nodes={nodes} selected={chosen} onSelect={select} />
        ) : null}
      </Suspense>
      <Suspense fallback={null}>
        {selected.length > 0 ? (
          <BulkBar selected={chosen} shown={shown} canSave={canSave} onSelect={(ids) => choose({ selected: ids })} />
        ) : null}
      </Suspense>
    </>
  );
}

/** Adds a profile to the selection or takes it out; the same function while the selection changes. */
function useSelect({ selected, choose }: BoardUrl): (id: ProfileId) => void {
  const latest = useRef(selected);
  useEffect(() => {
    latest.current = selected;
  });
  return useCallback(
    (id: ProfileId) => {
      const before = latest.current;
      choose({ selected: before.includes(id) ? before.filter((each) => each !== id) : [...before, id] });
    },
    [choose],
  );
}
