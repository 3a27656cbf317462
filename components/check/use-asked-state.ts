import { useMemo } from "react";
import { useDrafts } from "#components/drafts/use-draft.ts";
import type { Profile } from "#policy/profile.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { AskedState } from "./judge/use-judged.ts";

const NONE: readonly Profile[] = [];

/** The stored policy, or what this browser's drafts would make of it, and how many drafts there are. */
export function useAskedState(snapshot: Snapshot, isWithDraft: boolean): AskedState & { readonly draftCount: number } {
  const drafts = useDrafts();
  const drafted = useMemo(() => [...drafts.values()].map(({ profile }) => profile), [drafts]);
  return { snapshot, drafted: isWithDraft ? drafted : NONE, draftCount: drafts.size };
}
