import { useMemo } from "react";
import type { DraftEffect } from "#components/drafts/draft-effect.ts";
import { usePolicy } from "#components/live/policy-provider.tsx";
import { reachEffect, snapshotWith } from "#components/reach/reach-effect.ts";
import type { PolicyState } from "#web/queries/policy-state.ts";
import type { SeenVersion } from "#web/queries/profile-versions.ts";
import { type ImportFile, type ImportState, targetOf } from "../import-state.ts";
import { type FileEffect, fileEffect } from "./file-effect.ts";

/** Everything an import would do, on top of one revision. */
export type ImportEffect = {
  readonly revision: number;
  readonly files: readonly (FileEffect & { readonly base: SeenVersion })[];
  readonly reach: DraftEffect;
};

const NEVER_SEEN: SeenVersion = { tags: 0, rules: 0 };

/** The effect on the policy as it is now; `undefined` until every file is settled. Computed again when others save. */
export function useImportEffect({ files, openedFor }: ImportState): ImportEffect | undefined {
  const policy = usePolicy();
  const state = policy.kind === "known" ? policy.state : undefined;
  return useMemo(
    () => (state === undefined ? undefined : importEffect(files, openedFor, state)),
    [files, openedFor, state],
  );
}

function importEffect(
  files: readonly ImportFile[],
  openedFor: ImportState["openedFor"],
  { snapshot, versions }: PolicyState,
): ImportEffect | undefined {
  const effects = files.map((file) => {
    const target = targetOf(file, openedFor);
    const effect = target === undefined ? undefined : fileEffect(file, target, snapshot);
    return effect === undefined ? undefined : { ...effect, base: versions.get(effect.profileId) ?? NEVER_SEEN };
  });
  const settled = effects.flatMap((effect) => effect ?? []);
  if (settled.length < files.length || settled.length === 0) return undefined;
  const after = snapshotWith(
    snapshot,
    settled.map((effect) => effect.after),
  );
  return { revision: snapshot.revision, files: settled, reach: reachEffect(snapshot, after) };
}
