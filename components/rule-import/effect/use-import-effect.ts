import { useEffect, useState } from "react";
import { usePolicy } from "#components/live/policy-provider.tsx";
import type { PolicyState } from "#web/queries/policy-state.ts";
import { NEVER_SEEN } from "#web/queries/profile-versions.ts";
import type { ImportState, SeenVersions } from "../import-state.ts";
import { plannedParts } from "../planned-parts.ts";
import type { ImportEffect } from "./import-effect.ts";

/** An effect, and the policy it is about. */
export type ToldEffect = ImportEffect & { readonly policy: PolicyState };

/**
 * The effect on the policy as it is now, judged in a worker; `undefined` before the first answer. While a newer one is
 * worked out the last one stays, and `isCurrent` says so.
 */
export function useImportEffect({ files, openedFor }: ImportState): {
  readonly effect: ToldEffect | undefined;
  readonly isCurrent: boolean;
} {
  const policy = usePolicy();
  const state = policy.kind === "known" ? policy.state : undefined;
  const [told, setTold] = useState<{ readonly about: typeof files; readonly effect: ToldEffect }>();
  useEffect(() => {
    if (state === undefined) return undefined;
    let isWanted = true;
    void import("./ask-import.ts")
      .then(({ askImport }) => askImport(state.snapshot, plannedParts({ files, openedFor })))
      .then((effect) => {
        if (isWanted && effect !== undefined) setTold({ about: files, effect: { ...effect, policy: state } });
      });
    return () => {
      isWanted = false;
    };
  }, [files, openedFor, state]);
  return { effect: told?.effect, isCurrent: told?.about === files && told.effect.policy === state };
}

/** The versions of the profiles an effect is about. */
export function versionsOf({ parts, policy: { versions } }: ToldEffect): SeenVersions {
  return new Map(parts.map(({ profileId }) => [profileId, versions.get(profileId) ?? NEVER_SEEN]));
}
