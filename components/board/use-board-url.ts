import { useSearchParams } from "next/navigation";
import { useCallback, useDeferredValue, useMemo, useState } from "react";
import { type ProfileId, parseProfileId } from "#policy/profile-id.ts";
import { BOARD_SORTS, BOARD_VIEWS, type BoardSort, type BoardView } from "./board-views.ts";

/** What a board shows, and how. */
export type BoardChoice = {
  readonly q: string;
  readonly view: BoardView;
  readonly sort: BoardSort;
  readonly as: "cards" | "table";
  readonly selected: readonly ProfileId[];
};

export type BoardUrl = BoardChoice & {
  /** What is looked for: a little behind the field while a long board catches up. */
  readonly query: string;
  readonly choose: (part: Partial<BoardChoice>) => void;
};

/** What the address holds: a link to a filtered, sorted board with some profiles selected shows the same. */
export function useBoardUrl(): BoardUrl {
  const params = useSearchParams();
  const [choice, setChoice] = useState<BoardChoice>(() => ({
    q: params.get("q") ?? "",
    view: oneOf(BOARD_VIEWS, params.get("view")) ?? "all",
    sort: oneOf(BOARD_SORTS, params.get("sort")) ?? "name",
    as: params.get("as") === "table" ? "table" : "cards",
    selected: (params.get("selected") ?? "").split(",").flatMap((text) => {
      const id = parseProfileId(text);
      return id.ok ? [id.value] : [];
    }),
  }));
  const query = useDeferredValue(choice.q);
  const choose = useCallback((part: Partial<BoardChoice>) => {
    setChoice((before) => ({ ...before, ...part }));
    const url = new URL(window.location.href);
    for (const [name, value] of Object.entries(part)) {
      const text = String(value);
      if (text === "" || (name !== "q" && USUAL.has(text))) url.searchParams.delete(name);
      else url.searchParams.set(name, text);
    }
    window.history.replaceState(null, "", url);
  }, []);
  return useMemo(() => ({ ...choice, query, choose }), [choice, query, choose]);
}

/** What an address does not say. */
const USUAL: ReadonlySet<string> = new Set(["all", "name", "cards"]);

function oneOf<T extends string>(known: readonly T[], text: string | null): T | undefined {
  return known.find((each) => each === text);
}
