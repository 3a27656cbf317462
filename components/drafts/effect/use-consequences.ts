import { useEffect, useState } from "react";
import type { DraftConsequences } from "#components/judge/draft-consequences.ts";
import { usePolicy } from "#components/live/policy-provider.tsx";
import type { Draft, ProfileView } from "../draft.ts";

/** A pause in editing this long asks the judge again: he looks at the whole policy. */
const PAUSE_MS = 200;

type Told = { readonly about: Draft; readonly revision: number; readonly consequences: DraftConsequences | undefined };

/** Findings and intents that a draft changes; `undefined` while that is not known. */
export function useConsequences(view: ProfileView | undefined): DraftConsequences | undefined {
  const policy = usePolicy();
  const revision = policy.kind === "known" ? policy.state.storeRevision : 0;
  const draft = view?.isStale ? undefined : view?.draft;
  const [told, setTold] = useState<Told>();
  useEffect(() => {
    if (draft === undefined) return undefined;
    let isWanted = true;
    const timer = setTimeout(async () => {
      const { askJudge } = await import("#components/judge/ask-judge.ts");
      const answer = await askJudge({ kind: "draft", profile: draft.profile });
      if (isWanted) setTold({ about: draft, revision, consequences: answer?.consequences });
    }, PAUSE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [draft, revision]);
  return told?.about === draft && told?.revision === revision ? told.consequences : undefined;
}
