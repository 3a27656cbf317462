import type { ReachQuestion } from "#analysis/question/reach/reach-question.ts";
import { formatTraffic, parseTrafficText, type WordProblem, wordsOf } from "#analysis/question/reach/traffic-text.ts";
import { useUrlState } from "#components/url/use-url-state.ts";
import type { Traffic } from "#policy/traffic.ts";

export const CHECK_TABS = ["ask", "intents", "findings"] as const;
export type CheckTab = (typeof CHECK_TABS)[number];

/** What the page shows, as its address says it. */
export type CheckView = {
  readonly tab: CheckTab;
  readonly show: (tab: CheckTab) => void;
  /** Ends that are not chosen yet are empty texts. */
  readonly from: string;
  readonly to: string;
  readonly traffic: Traffic;
  /** What is wrong with the connections that the address asks about. */
  readonly problem: { readonly text: string; readonly at: WordProblem } | undefined;
  /** A question in words that the address brought and that is not read yet. */
  readonly words: string | undefined;
  /** The revision that is asked; the live one when absent. */
  readonly rev: number | undefined;
  readonly setRev: (rev: number | undefined) => void;
  readonly isWithDraft: boolean;
  readonly setWithDraft: (isWithDraft: boolean) => void;
  readonly ask: (question: Partial<ReachQuestion>) => void;
  readonly params: URLSearchParams;
  readonly change: ReturnType<typeof useUrlState>["change"];
};

/** The question lives in the address: a link, the back button and a reload ask the same. */
export function useCheckView(): CheckView {
  const { params, change } = useUrlState();
  const on = params.get("on") ?? "";
  const traffic = parseTrafficText(wordsOf(on));
  const tab = CHECK_TABS.find((each) => each === params.get("tab")) ?? "ask";
  return {
    tab,
    show: (next) => change({ tab: next === "ask" ? undefined : next }),
    from: params.get("from") ?? "",
    to: params.get("to") ?? "",
    traffic: traffic.ok ? traffic.value : {},
    problem: traffic.ok ? undefined : { text: on, at: traffic.error },
    words: params.get("q") ?? undefined,
    rev: revisionOf(params.get("rev")),
    setRev: (rev) => change({ rev: rev?.toString() }),
    isWithDraft: params.get("with") === "draft",
    setWithDraft: (isWithDraft) => change({ with: isWithDraft ? "draft" : undefined }),
    ask: (question) =>
      change({
        q: undefined,
        ...(question.from === undefined ? {} : { from: question.from }),
        ...(question.to === undefined ? {} : { to: question.to }),
        ...(question.traffic === undefined ? {} : { on: formatTraffic(question.traffic) }),
      }),
    params,
    change,
  };
}

function revisionOf(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d{0,15}$/.test(text) ? Number(text) : undefined;
}
