import { useEffect, useMemo, useState } from "react";
import type { DraftEffect } from "#components/drafts/draft-effect.ts";
import { useEffectOf } from "#components/drafts/effect/use-effect-of.ts";
import { applyEdit } from "#policy/edit/apply-edit.ts";
import type { Profile } from "#policy/profile.ts";
import type { Tag } from "#policy/tag.ts";

/** How long a person waits for the judge before the change may be made without its word. */
const PATIENCE_MS = 4_000;

/** What adding or removing a tag would open and close; `mayGoOn` once that is known, or cannot be. */
export function useTagEffect(
  profile: Profile,
  kind: "add-tag" | "remove-tag",
  tag: Tag | undefined,
): { readonly effect: DraftEffect | undefined; readonly mayGoOn: boolean } {
  const after = useMemo(() => {
    const edited = tag === undefined ? undefined : applyEdit(profile, { kind, tag });
    return edited?.ok ? edited.value : undefined;
  }, [profile, kind, tag]);
  const effect = useEffectOf(profile, after);
  const [waitedFor, setWaitedFor] = useState<Profile>();
  useEffect(() => {
    if (after === undefined) return undefined;
    const timer = setTimeout(() => setWaitedFor(after), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [after]);
  return { effect, mayGoOn: after !== undefined && (effect !== undefined || waitedFor === after) };
}
