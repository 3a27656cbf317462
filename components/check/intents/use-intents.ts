import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { IntentState } from "#analysis/intents/judge-intents.ts";
import { type IntentRow, intentRows } from "#web/queries/intent-rows.ts";
import { type AskedState, useJudged } from "../judge/use-judged.ts";

/** An intent as the page shows it: judged here on the state that is asked, live or with the drafts. */
export type ShownIntent = {
  readonly row: IntentRow;
  readonly state: IntentState | undefined;
  /** It holds as stored, and the open drafts would break it. */
  readonly isBrokenByDraft: boolean;
};

export type Intents = {
  /** `undefined` until they are read. */
  readonly shown: readonly ShownIntent[] | undefined;
  readonly broken: number;
  readonly error: Error | null;
};

/** Every stored intent, broken ones first; judged again on every change of the policy and of the open drafts. */
export function useIntents(asked: AskedState): Intents {
  const { data, error } = useQuery(intentRows());
  const rows = useMemo(() => (data?.rows ?? []).filter(({ intent }) => intent.kind === "valid"), [data]);
  const intents = rows.flatMap(({ intent }) => (intent.kind === "valid" ? [intent.value] : []));
  const judged = useJudged(rows.length === 0 ? undefined : { kind: "intents", intents }, asked);
  const shown = useMemo(
    () => (data === undefined ? undefined : showRows(data.rows, rows, judged?.answer)),
    [data, rows, judged],
  );
  return { shown, error, broken: (shown ?? []).filter(({ state }) => state?.kind === "broken").length };
}

function showRows(
  all: readonly IntentRow[],
  judgedRows: readonly IntentRow[],
  states: readonly IntentState[] | undefined,
): readonly ShownIntent[] {
  const shown = all.map((row): ShownIntent => {
    const state = states?.[judgedRows.indexOf(row)] ?? row.state;
    return { row, state, isBrokenByDraft: state?.kind === "broken" && row.state?.kind === "holds" };
  });
  return shown.sort((a, b) => rank(a) - rank(b));
}

function rank({ row, state }: ShownIntent): number {
  if (row.intent.kind !== "valid" || state === undefined) return 2;
  return { broken: 0, unjudged: 1, holds: 3 }[state.kind];
}
