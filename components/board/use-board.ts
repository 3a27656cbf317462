import { type RefObject, useMemo, useRef } from "react";
import { useDrafts } from "#components/drafts/use-draft.ts";
import { usePolicy } from "#components/live/policy-provider.tsx";
import { type BoardCounts, type BoardItem, boardCounts, boardItems, shownItems } from "./board-model.ts";
import type { BoardView } from "./filter-profiles.ts";
import { useBoardUrl } from "./use-board-url.ts";
import { useWarmSearch } from "./use-warm-search.ts";

/** Everything the board shows besides the cards themselves. */
export type BoardState = {
  readonly items: readonly BoardItem[];
  readonly shown: readonly BoardItem[];
  readonly counts: BoardCounts;
  readonly text: string;
  readonly query: string;
  readonly view: BoardView;
  readonly setQuery: (query: string) => void;
  readonly setView: (view: BoardView) => void;
  readonly field: RefObject<HTMLInputElement | null>;
};

const NO_ITEMS: readonly BoardItem[] = [];

/** The items, those the filter leaves, and the filter, which stands in the URL. */
export function useBoard(): BoardState {
  const policy = usePolicy();
  const drafts = useDrafts();
  const { text, query, view, setQuery, setView } = useBoardUrl();
  const field = useRef<HTMLInputElement>(null);
  const items = useMemo(
    () => (policy.kind === "known" ? boardItems(policy.state, drafts) : NO_ITEMS),
    [policy, drafts],
  );
  const counts = useMemo(() => boardCounts(items, drafts), [items, drafts]);
  const shown = useMemo(() => shownItems(items, drafts, { view, query }), [items, drafts, view, query]);
  useWarmSearch(items);
  return { items, shown, counts, text, query, view, setQuery, setView, field };
}
