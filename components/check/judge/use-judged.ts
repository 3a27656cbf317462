import { useEffect, useState } from "react";
import type { Profile } from "#policy/profile.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { askJudge, type Judged } from "./ask-judge.ts";
import type { JudgeRequest } from "./judge-messages.ts";

/** The state that is asked: what is stored, with the drafted profiles in place of theirs. */
export type AskedState = { readonly snapshot: Snapshot; readonly drafted: readonly Profile[] };

type Told<Kind extends JudgeRequest["kind"]> = { readonly key: string; readonly judged: Judged<Kind> | undefined };

/** The judge's answer so far, whether it broke over the question, and how to ask again. */
export type Judging<Kind extends JudgeRequest["kind"]> = {
  readonly judged: Judged<Kind> | undefined;
  readonly hasFailed: boolean;
  readonly retry: () => void;
};

/**
 * Asks again whenever the policy, a draft or the question changes. Until the new answer is there the one before it to
 * the same question stays; another question has none yet.
 */
export function useJudging<Kind extends JudgeRequest["kind"]>(
  request: Extract<JudgeRequest, { kind: Kind }> | undefined,
  { snapshot, drafted }: AskedState,
): Judging<Kind> {
  const key = request === undefined ? "" : JSON.stringify(request);
  const [told, setTold] = useState<Told<Kind>>();
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks the same again.
  useEffect(() => {
    if (key === "") return undefined;
    let isWanted = true;
    // The key is the request as text: it says when to ask again, whoever made the object.
    const asked = JSON.parse(key) as Extract<JudgeRequest, { kind: Kind }>;
    void askJudge({ request: asked, snapshot, drafted }).then((judged) => {
      if (isWanted) setTold({ judged, key });
    });
    return () => {
      isWanted = false;
    };
  }, [key, snapshot, drafted, turn]);
  const own = told?.key === key ? told : undefined;
  return {
    judged: own?.judged,
    hasFailed: own !== undefined && own.judged === undefined,
    retry: () => {
      setTold(undefined);
      setTurn(turn + 1);
    },
  };
}

/** The answer alone, where nothing depends on why there is none. */
export function useJudged<Kind extends JudgeRequest["kind"]>(
  request: Extract<JudgeRequest, { kind: Kind }> | undefined,
  asked: AskedState,
): Judged<Kind> | undefined {
  return useJudging(request, asked).judged;
}
