import { type RefObject, useDeferredValue, useMemo, useRef } from "react";
import { useDrafts } from "#components/drafts/use-draft.ts";
import type { FindingsByProfile } from "#components/judge/judge-messages.ts";
import { useFindings } from "#components/judge/use-findings.ts";
import { usePolicy } from "#components/live/policy-provider.tsx";
import { type BoardCounts, type BoardItem, boardCounts, boardItems, shownItems } from "./board-model.ts";
import { type BoardUrl, useBoardUrl } from "./use-board-url.ts";
import { useWarmSearch } from "./use-warm-search.ts";

/** Everything the board shows besides the cards themselves. */
export type BoardState = {
  readonly items: readonly BoardItem[];
  readonly shown: readonly BoardItem[];
  /** All 0 while they are worked out. */
  readonly counts: BoardCounts;
  /** `undefined` until the judge has answered. */
  readonly findings: FindingsByProfile | undefined;
  readonly url: BoardUrl;
  readonly field: RefObject<HTMLInputElement | null>;
};

const NO_ITEMS: readonly BoardItem[] = [];
/** The figures of a longer board come right after its first cards: working them out would hold the cards up. */
const COUNTED_AT_ONCE = 200;

/** The items, those the filter leaves in their order, and the filter, which stands in the URL. */
export function useBoard(): BoardState {
  const policy = usePolicy();
  const drafts = useDrafts();
  const url = useBoardUrl();
  const { view, query, sort } = url;
  const field = useRef<HTMLInputElement>(null);
  const items = useMemo(
    () => (policy.kind === "known" ? boardItems(policy.state, drafts) : NO_ITEMS),
    [policy, drafts],
  );
  const findings = useFindings(policy.kind === "known" ? policy.state.storeRevision : undefined);
  const counted = useDeferredValue(items, items.length > COUNTED_AT_ONCE ? NO_ITEMS : items);
  const counts = useMemo(() => boardCounts(counted, { drafts, findings }), [counted, drafts, findings]);
  const shown = useMemo(
    () => shownItems(items, { drafts, findings }, { view, query, sort }),
    [items, drafts, findings, view, query, sort],
  );
  useWarmSearch(items);
  return { items, shown, counts, findings, url, field };
}
