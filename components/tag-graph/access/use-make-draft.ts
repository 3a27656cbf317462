import { useRouter } from "next/navigation";
import { useCallback } from "react";
import type { ScopedEdit } from "#analysis/impact/scoped-edit.ts";
import { seenProfile } from "#components/drafts/seen-profile.ts";
import { addStep } from "#components/drafts/use-draft.ts";
import { usePolicy } from "#components/live/policy-provider.tsx";
import { profileHref } from "#components/profiles/profile-href.ts";
import { useToast } from "#components/ui/toast.tsx";
import { describeEditError } from "#policy/edit/describe-edit.ts";

/** Puts edits into the drafts of their profiles, in this browser; nothing is written to the store. */
export function useMakeDraft(): (edits: readonly ScopedEdit[]) => void {
  const policy = usePolicy();
  const say = useToast();
  const router = useRouter();
  return useCallback(
    (edits) => {
      if (policy.kind !== "known") return;
      const ids = [...new Set(edits.map(({ profile }) => profile))];
      for (const id of ids) {
        const own = edits.flatMap(({ profile, edit }) => (profile === id ? [edit] : []));
        const drafted = addStep(id, seenProfile(policy.state, id), { edits: own });
        if (!drafted.ok) {
          return say({ tone: "refused", title: `No draft of ${id}`, detail: describeEditError(drafted.error) });
        }
      }
      const [first] = ids;
      say({
        title: ids.length === 1 ? `Draft of ${first} begun` : `Drafts of ${ids.join(" and ")} begun`,
        detail: "Nothing is saved yet. Changed shows what the drafts would do.",
        ...(first === undefined
          ? {}
          : { action: { label: `Open ${first}`, run: () => router.push(profileHref(first)) } }),
      });
    },
    [policy, say, router],
  );
}
