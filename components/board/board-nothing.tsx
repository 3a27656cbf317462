import { Button } from "#components/ui/button.tsx";
import { isFindingView } from "./board-views.ts";
import type { BoardState } from "./use-board.ts";

/** The filter leaves nothing: says what was looked for, and the ways out. */
export function BoardNothing({ board: { url, field, counts, findings } }: { readonly board: BoardState }) {
  const { query } = url;
  const clear = () => {
    url.choose({ q: "", view: "all" });
    field.current?.focus();
  };
  const isInView = url.view !== "all";
  if (findings === undefined && isFindingView(url.view)) {
    return (
      <p role="status" className="flex grow items-center justify-center p-6 text-ink-2">
        Judging every rule…
      </p>
    );
  }
  return (
    <div className="flex grow flex-col items-center justify-center gap-2 p-6 text-center">
      <h2 className="text-title">{query === "" ? "No profile in this view" : `No profile has “${query}”`}</h2>
      <p className="text-ink-2">Names, tags, ports, addresses and rule text were searched.</p>
      <span className="mt-2 flex flex-wrap justify-center gap-2">
        <Button onClick={clear}>Clear filter</Button>
        {query !== "" && isInView ? (
          <Button onClick={() => url.choose({ view: "all" })}>Search all {counts.views.all} instead</Button>
        ) : null}
      </span>
    </div>
  );
}
