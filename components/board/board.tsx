"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo, useState } from "react";
import { warmJudge } from "#components/drafts/effect/ask-effect.ts";
import { expectedNodes } from "#components/live/expected-nodes.ts";
import { ProfileCard } from "#components/profiles/profile-card.tsx";
import { endpointsOf } from "#components/profiles/profile-endpoints.ts";
import { profileHref } from "#components/profiles/profile-href.ts";
import { Button } from "#components/ui/button.tsx";
import type { ProfileId } from "#policy/profile-id.ts";
import { nodeStatuses } from "#web/queries/node-statuses.ts";
import type { PolicyState } from "#web/queries/policy-state.ts";
import { BoardFilter } from "./board-filter.tsx";
import { BoardGrid } from "./board-grid.tsx";
import type { BoardItem } from "./board-model.ts";
import type { BoardState } from "./use-board.ts";
import { warmParts } from "./warm-parts.ts";

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
  const statuses = useQuery(nodeStatuses()).data ?? NO_NODES;
  const { endpoints } = state.snapshot;
  // One value while profiles change: every card is given it.
  const nodes = useMemo(() => expectedNodes(statuses, { endpoints }), [statuses, endpoints]);
  useEffect(() => {
    const timer = setTimeout(() => {
      warmJudge(state.snapshot);
      warmParts();
    }, WARM_AFTER_MS);
    return () => clearTimeout(timer);
  }, [state.snapshot]);
  const open = useCallback((id: ProfileId) => router.push(profileHref(id)), [router]);
  const { shown } = board;
  const first = shown[0]?.id;
  const stop = current !== undefined && shown.some((item) => item.id === current) ? current : first;
  const card = ({ id, live }: BoardItem, width: number) => (
    <ProfileCard
      key={id}
      id={id}
      live={live}
      endpoints={endpointsOf(state.snapshot, id)}
      nodes={nodes}
      canSave={canSave}
      isCurrent={id === stop}
      width={width}
      onOpen={open}
    />
  );
  return (
    <>
      <BoardFilter
        field={board.field}
        query={board.text}
        view={board.view}
        counts={board.counts}
        onQuery={board.setQuery}
        onView={board.setView}
        onLeave={() => stop !== undefined && setWanted({ id: stop })}
      />
      {shown.length > 0 ? (
        <BoardGrid items={shown} current={stop} onCurrent={setCurrent} focusOn={wanted ?? focusOn} card={card} />
      ) : (
        <Nothing board={board} />
      )}
    </>
  );
}

/** The filter leaves nothing: says what was looked for, and the way out. */
function Nothing({ board }: { readonly board: BoardState }) {
  const clear = () => {
    board.setQuery("");
    board.setView("all");
    board.field.current?.focus();
  };
  return (
    <div className="flex grow flex-col items-center justify-center gap-2 p-6 text-center">
      <h2 className="text-title">
        {board.query === "" ? "No profile in this view" : `No profile has “${board.query}”`}
      </h2>
      <p className="text-ink-2">Names, tags, ports, addresses and rule text were searched.</p>
      <Button className="mt-2" onClick={clear}>
        Clear filter
      </Button>
    </div>
  );
}
