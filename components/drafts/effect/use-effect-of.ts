import { useEffect, useState } from "react";
import { usePolicy } from "#components/live/policy-provider.tsx";
import type { Profile } from "#policy/profile.ts";
import type { DraftEffect } from "../draft-effect.ts";
import { askEffect } from "./ask-effect.ts";

/** What opens and closes when a profile becomes another; `undefined` while that is not known. */
export function useEffectOf(before: Profile | undefined, after: Profile | undefined): DraftEffect | undefined {
  const policy = usePolicy();
  const snapshot = policy.kind === "known" ? policy.state.snapshot : undefined;
  const [told, setTold] = useState<{ readonly about: Profile; readonly effect: DraftEffect | undefined }>();
  useEffect(() => {
    if (snapshot === undefined || before === undefined || after === undefined) return undefined;
    let isWanted = true;
    void askEffect(snapshot, before, after).then((effect) => {
      if (isWanted) setTold({ about: after, effect });
    });
    return () => {
      isWanted = false;
    };
  }, [snapshot, before, after]);
  return told?.about === after ? told?.effect : undefined;
}
