import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { useToast } from "#components/ui/toast.tsx";
import type { ProfileId } from "#policy/profile-id.ts";
import { type PolicyState, policyStateKey } from "#web/queries/policy-state.ts";
import type { Draft, ProfileView, SeenProfile } from "../draft.ts";
import { newestDraft, writeDraft } from "../draft-store.ts";
import { isSettling } from "../settle-saved.ts";
import type { MergeAttempt, Merged } from "./attempt-merge.ts";

/** A draft that someone else's save went under: it is put on top by itself, or waits for a person to decide. */
export type Merging = {
  /** What is to be decided; nothing is saved until then. */
  readonly attempt: MergeAttempt | undefined;
  /** Puts a draft on a version that a save has told of. */
  readonly mergeOnto: (draft: Draft, newest: SeenProfile) => Promise<Merged>;
};

/** How much later the news of what is beside the rules may be. */
const BESIDE_MS = 1_000;

/** Watches for versions newer than the one a draft stands on. */
export function useMerging(id: ProfileId, view: ProfileView | undefined, onSeeMerge: () => void): Merging {
  const say = useToast();
  const client = useQueryClient();
  const [known, setKnown] = useState<MergeAttempt>();
  const mergeOnto = useCallback(
    async (draft: Draft, newest: SeenProfile): Promise<Merged> => {
      const snapshot = client.getQueryData<PolicyState>(policyStateKey)?.snapshot;
      if (snapshot === undefined) return { kind: "overtaken" };
      const [{ attemptMerge, overtaken }, { finishMerge, mergeMessage }] = await Promise.all([
        import("./attempt-merge.ts"),
        import("./finish-merge.ts"),
      ]);
      const attempt = await attemptMerge(draft, newest, snapshot);
      const now = newestDraft(id);
      if (now?.requestId !== draft.requestId) return overtaken(draft, now);
      if (attempt.open.length > 0) {
        setKnown(attempt);
        return { kind: "to-decide" };
      }
      const merged = finishMerge(attempt);
      writeDraft(id, merged);
      say({ ...mergeMessage(attempt), action: { label: "See merge", run: onSeeMerge } });
      return { kind: "merged", draft: merged };
    },
    [id, client, say, onSeeMerge],
  );
  const stale = view?.isStale ? view.draft : undefined;
  const live = view?.live;
  useEffect(() => {
    if (stale === undefined || live === undefined || isSettling(id)) return undefined;
    // A save that told of a version is quicker than the live news of it.
    if (newestOf(live) < newestOf(stale.base)) return undefined;
    const merge = () => void mergeOnto(stale, live);
    const isEarlier = live.version.sidecar < stale.base.version.sidecar;
    if (!isEarlier) return void merge();
    // What is beside the rules has news of its own, which may come after those of the rules.
    const timer = setTimeout(merge, BESIDE_MS);
    return () => clearTimeout(timer);
  }, [id, stale, live, mergeOnto]);
  // A save that was refused and the live news of why may both have merged: either attempt will do.
  const isOpen = known !== undefined && known.draft === view?.draft && isAsNew(known.onto, live);
  return { attempt: isOpen ? known : undefined, mergeOnto };
}

function isAsNew({ version }: SeenProfile, live: SeenProfile | undefined): boolean {
  if (live === undefined) return true;
  const { tags, rules, sidecar } = live.version;
  return version.tags >= tags && version.rules >= rules && version.sidecar >= sidecar;
}

function newestOf(seen: SeenProfile | undefined): number {
  return seen === undefined ? 0 : Math.max(...Object.values(seen.version));
}
