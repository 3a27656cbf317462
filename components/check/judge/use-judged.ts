import { useEffect, useState } from "react";
import type { Profile } from "#policy/profile.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { askJudge, type Judged } from "./ask-judge.ts";
import type { JudgeRequest } from "./judge-messages.ts";

/** The state that is asked: what is stored, with the drafted profiles in place of theirs. */
export type AskedState = { readonly snapshot: Snapshot; readonly drafted: readonly Profile[] };

type Told<Kind extends JudgeRequest["kind"]> = Judged<Kind> & { readonly key: string };

/**
 * Asks again whenever the policy, a draft or the question changes. Until the new answer is there the one before it to
 * the same question stays; another question has none yet.
 */
export function useJudged<Kind extends JudgeRequest["kind"]>(
  request: Extract<JudgeRequest, { kind: Kind }> | undefined,
  { snapshot, drafted }: AskedState,
): Judged<Kind> | undefined {
  const key = request === undefined ? "" : JSON.stringify(request);
  const [told, setTold] = useState<Told<Kind>>();
  useEffect(() => {
    if (key === "") return undefined;
    let isWanted = true;
    // The key is the request as text: it says when to ask again, whoever made the object.
    const asked = JSON.parse(key) as Extract<JudgeRequest, { kind: Kind }>;
    void askJudge({ request: asked, snapshot, drafted }).then((judged) => {
      if (isWanted && judged !== undefined) setTold({ ...judged, key });
    });
    return () => {
      isWanted = false;
    };
  }, [key, snapshot, drafted]);
  return told?.key === key ? told : undefined;
}
