import { acknowledged } from "#components/intents/acknowledged.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { editProfileAction } from "#web/actions/edit-profile.ts";
import type { Draft, SeenProfile } from "./draft.ts";
import { askEffect } from "./effect/ask-effect.ts";
import type { Merging } from "./merge/use-merging.ts";
import { afterSave } from "./store/after-save.ts";
import { storedAfter } from "./store/stored-after.ts";

type Sending = {
  readonly id: ProfileId;
  readonly mergeOnto: Merging["mergeOnto"];
  /** The policy on screen. */
  readonly snapshot: () => Snapshot | undefined;
};

type Sent = {
  readonly answer: Awaited<ReturnType<typeof editProfileAction>>;
  /** What was sent last: the draft, or what it became on top of someone else's save. */
  readonly saved: Draft;
  readonly isToDecide: boolean;
  /** Once it is stored: what is stored then, and what is left of a draft that was changed meanwhile. */
  readonly done?: { readonly stored: SeenProfile; readonly rest: (now: Draft) => Draft | undefined };
};

/** Sends a draft, and where someone was quicker what it became on top of theirs, as long as that has the same effect. */
export async function sendDraft(draft: Draft, { id, mergeOnto, snapshot }: Sending): Promise<Sent> {
  for (let saved = draft; ; ) {
    const { edits, base, requestId } = saved;
    const request = { profileId: id, edits, base: base.version, requestId };
    const answer = await acknowledged((acknowledgedIntents) => editProfileAction({ ...request, acknowledgedIntents }));
    if (answer.ok) {
      const stored = storedAfter(base, answer.value);
      const rest = (now: Draft) => afterSave(saved, now, stored);
      return { answer, saved, isToDecide: false, done: { stored, rest } };
    }
    const newest = answer.error.kind !== "conflict" ? undefined : answer.error.current;
    const merged = newest && (await mergeOnto(saved, newest));
    if (merged?.kind !== "merged" || !(await isSameEffect(snapshot(), [saved, merged.draft]))) {
      return { answer, saved, isToDecide: merged?.kind === "to-decide" };
    }
    saved = merged.draft;
  }
}

/** True when two drafts open and close the same. */
async function isSameEffect(snapshot: Snapshot | undefined, drafts: readonly [Draft, Draft]): Promise<boolean> {
  if (snapshot === undefined) return false;
  const effects = drafts.map(({ base, profile }) => askEffect(snapshot, base.profile, profile));
  const [one, other] = await Promise.all(effects);
  return one !== undefined && JSON.stringify(one) === JSON.stringify(other);
}
