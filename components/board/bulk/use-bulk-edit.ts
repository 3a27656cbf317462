import { useMutation } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import type { ScopedEdit } from "#analysis/impact/scoped-edit.ts";
import type { DraftEffect } from "#components/drafts/draft-effect.ts";
import { newRequestId } from "#components/drafts/new-request-id.ts";
import { askJudge } from "#components/judge/ask-judge.ts";
import { usePolicy } from "#components/live/policy-provider.tsx";
import { describeRefusal } from "#components/refusal/describe-refusal.ts";
import { useToast } from "#components/ui/toast.tsx";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { editProfilesAction } from "#web/actions/edit-profiles.ts";
import { NEVER_SEEN, type SeenVersion } from "#web/queries/profile-versions.ts";
import { type Replacement, replaceInProfile } from "./replace-in-profile.ts";

/** What a replacement does to one of the selected profiles. */
export type BulkChange = {
  readonly profile: Profile;
  readonly version: SeenVersion;
  readonly edits: readonly ProfileEdit[];
};

/** The changes of a replacement, what they open and close (`undefined` until known), and the save of all of them. */
export function useBulkEdit(
  selected: ReadonlySet<ProfileId>,
  replacement: Replacement | undefined,
  onSaved: () => void,
) {
  const policy = usePolicy();
  const state = policy.kind === "known" ? policy.state : undefined;
  const changes = useMemo((): readonly BulkChange[] => {
    if (state === undefined || replacement === undefined) return [];
    return [...state.snapshot.profiles.values()].flatMap((profile) => {
      const edits = selected.has(profile.id) ? replaceInProfile(profile, replacement) : [];
      const version = state.versions.get(profile.id) ?? NEVER_SEEN;
      return edits.length === 0 ? [] : [{ profile, version, edits }];
    });
  }, [state, selected, replacement]);
  return { changes, effect: useEffectOfAll(changes), ...useSaveAll(changes, onSaved) };
}

function useEffectOfAll(changes: readonly BulkChange[]): DraftEffect | undefined {
  const [told, setTold] = useState<{ readonly about: readonly BulkChange[]; readonly effect: DraftEffect }>();
  useEffect(() => {
    if (changes.length === 0) return undefined;
    let isWanted = true;
    const edits = changes.flatMap(({ profile, edits: own }): readonly ScopedEdit[] =>
      own.map((edit) => ({ profile: profile.id, edit })),
    );
    void askJudge({ kind: "what-if", edits }).then((answer) => {
      if (isWanted && answer?.effect !== undefined) setTold({ about: changes, effect: answer.effect });
    });
    return () => {
      isWanted = false;
    };
  }, [changes]);
  return told?.about === changes ? told.effect : undefined;
}

/** One request id for as long as the same is tried: a second attempt after silence is not a second write. */
function useSaveAll(changes: readonly BulkChange[], onSaved: () => void) {
  const say = useToast();
  const [refusal, setRefusal] = useState<string>();
  const attempt = useRef<{ readonly about: readonly BulkChange[]; readonly requestId: string }>(undefined);
  const mutationFn = (about: readonly BulkChange[]) => {
    if (attempt.current?.about !== about) attempt.current = { about, requestId: newRequestId() };
    const profiles = about.map(({ profile, version, edits }) => ({ profileId: profile.id, edits, base: version }));
    return editProfilesAction({ profiles, requestId: attempt.current.requestId });
  };
  const { mutate, isPending } = useMutation({
    mutationFn,
    onSuccess(answer, { length }) {
      if (!answer.ok) return setRefusal(describeRefusal(answer.error));
      say({ title: `Saved as rev ${answer.value.revision}`, detail: `${length} profiles in one transaction` });
      return onSaved();
    },
    onError: () => setRefusal("The board did not answer. Saving again is safe: nothing is written twice."),
  });
  return { save: () => mutate(changes), isSaving: isPending, refusal };
}
