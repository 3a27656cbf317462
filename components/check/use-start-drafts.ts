import { useRouter } from "next/navigation";
import type { ScopedEdit } from "#analysis/impact/scoped-edit.ts";
import { profileHref } from "#components/profiles/profile-href.ts";
import { useToast } from "#components/ui/toast.tsx";
import { describeEditError } from "#policy/edit/describe-edit.ts";
import type { PolicyState } from "#web/queries/policy-state.ts";
import { startDrafts } from "./start-drafts.ts";

/** Makes drafts of edits and says so, with the way to them. */
export function useStartDrafts(state: PolicyState): (edits: readonly ScopedEdit[]) => boolean {
  const say = useToast();
  const router = useRouter();
  return (edits) => {
    const started = startDrafts(state, edits);
    if (!started.ok) {
      say({ tone: "refused", title: "No draft was made", detail: describeEditError(started.error) });
      return false;
    }
    const [first, ...others] = started.value;
    say({
      title: `Draft of ${started.value.join(", ")}`,
      detail: "Nothing is saved. The answer above is now the one with your draft.",
      ...(first === undefined
        ? {}
        : {
            action: {
              label: others.length === 0 ? `Open ${first}` : `Open ${first} first`,
              run: () => router.push(profileHref(first)),
            },
          }),
    });
    return true;
  };
}
