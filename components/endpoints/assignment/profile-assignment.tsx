"use client";

import { useQueryClient } from "@tanstack/react-query";
import { CircleX, Plus, TriangleAlert } from "lucide-react";
import { useId, useRef, useState } from "react";
import { newRequestId } from "#components/drafts/new-request-id.ts";
import { acknowledged } from "#components/intents/acknowledged.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { AssignRefusal } from "#web/actions/assign-answer.ts";
import { assignProfilesAction } from "#web/actions/assign-profiles.ts";
import { policyStateKey } from "#web/queries/policy-state.ts";
import type { EndpointRow } from "../endpoint-rows.ts";
import { assignmentEffect } from "./assignment-effect.ts";
import { describeAssignRefusal } from "./describe-assign-refusal.ts";
import { EffectFacts } from "./effect-facts.tsx";
import { ProfileOrder } from "./profile-order.tsx";

/** A list being changed, and the stored list it began from: a save compares with that one. */
type Draft = { readonly base: readonly ProfileId[]; readonly list: readonly ProfileId[] };

type ProfileAssignmentProps = {
  readonly row: EndpointRow;
  readonly stored: readonly ProfileId[];
  readonly snapshot: Snapshot;
};

/** The ordered profile list of one endpoint: add, remove, reorder, then save. Nothing is written before. */
export function ProfileAssignment({ row, stored, snapshot }: ProfileAssignmentProps) {
  const [draft, setDraft] = useState<Draft>();
  const [isSaving, setSaving] = useState(false);
  const [refusal, setRefusal] = useState<AssignRefusal>();
  const [said, setSaid] = useState("");
  const requestId = useRef<string>(undefined);
  const client = useQueryClient();
  const say = useToast();

  const list = draft?.list ?? stored;
  const effect = assignmentEffect(stored, list, snapshot);
  const isOvertaken = draft !== undefined && !isSameList(draft.base, stored);
  const change = (next: readonly ProfileId[], words: string) => {
    requestId.current = undefined;
    setRefusal(undefined);
    setSaid(words);
    setDraft(isSameList(next, stored) ? undefined : { base: draft?.base ?? stored, list: next });
  };

  const save = async () => {
    if (draft === undefined) return;
    setSaving(true);
    requestId.current ??= newRequestId();
    const request = { name: row.id, profileIds: draft.list, expected: draft.base, requestId: requestId.current };
    const answer = await acknowledged((acknowledgedIntents) =>
      assignProfilesAction({ ...request, acknowledgedIntents }),
    ).catch((error: unknown) => unanswered(error));
    setSaving(false);
    if (!answer.ok) {
      setRefusal(answer.error);
      return;
    }
    setDraft(undefined);
    const { revision } = answer.value;
    say({
      title: revision === undefined ? "Nothing had to be saved" : `Saved as rev ${revision}`,
      detail: `${row.key.endpoint}: ${listWords(draft.list)}`,
    });
    void client.invalidateQueries({ queryKey: policyStateKey });
  };

  return (
    <section className="flex grow flex-col gap-3 px-[18px] py-4" aria-label="Profiles">
      <div>
        <h3 className="text-heading">Profiles, in order</h3>
        <p className="text-small text-ink-2">The first profile with a rule that matches decides.</p>
      </div>
      {isOvertaken ? (
        <Banner icon={TriangleAlert} title="The stored list changed meanwhile">
          It is {listWords(stored)} now. Discard to see it; saving over it is refused.
        </Banner>
      ) : null}
      <ProfileOrder list={list} snapshot={snapshot} isDraft={draft !== undefined} onChange={change} />
      <AddProfile
        choices={[...snapshot.profiles.keys()].filter((id) => !list.includes(id))}
        onAdd={(id) => change([...list, id], `${id} added at position ${list.length + 1}`)}
      />
      <EffectFacts effect={effect} endpoint={row.key.endpoint} />
      {refusal === undefined ? null : (
        <Banner icon={CircleX} tone="deny" title={describeAssignRefusal(refusal).title}>
          {describeAssignRefusal(refusal).detail}
        </Banner>
      )}
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
      {draft === undefined ? null : (
        <div className="mt-auto flex justify-end gap-2 border-t border-line pt-3">
          <Button look="plain" onClick={() => change(stored, "Changes discarded")}>
            Discard
          </Button>
          <Button look="primary" disabled={isSaving} onClick={() => void save()}>
            {isSaving ? "Saving" : `Save · ${listWords(draft.list)}`}
          </Button>
        </div>
      )}
    </section>
  );
}

type AddProfileProps = { readonly choices: readonly ProfileId[]; readonly onAdd: (id: ProfileId) => void };

function AddProfile({ choices, onAdd }: AddProfileProps) {
  const selectId = useId();
  const [chosen, setChosen] = useState("");
  const found = choices.find((id) => id === chosen);
  const add = () => {
    if (found === undefined) return;
    onAdd(found);
    setChosen("");
  };
  return (
    <div className="flex items-end gap-2">
      <div className="min-w-0 grow">
        <label htmlFor={selectId} className="mb-1 block text-small font-[550] text-ink-2">
          Add a profile
        </label>
        <select
          id={selectId}
          value={found ?? ""}
          disabled={choices.length === 0}
          onChange={(event) => setChosen(event.target.value)}
          className="h-[30px] w-full rounded-control border border-control-line bg-raised px-2 coarse:h-10"
        >
          <option value="">{choices.length === 0 ? "every profile is listed" : "choose"}</option>
          {choices.map((id) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
        </select>
      </div>
      <Button disabled={found === undefined} onClick={add}>
        <Icon of={Plus} size={14} />
        Add
      </Button>
    </div>
  );
}

function listWords(list: readonly ProfileId[]): string {
  if (list.length === 0) return "no profile";
  return list.length <= 3 ? list.join(" → ") : `${list.length} profiles`;
}

function isSameList(a: readonly ProfileId[], b: readonly ProfileId[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}

function unanswered(error: unknown) {
  const detail = error instanceof Error ? error.message : String(error);
  return { ok: false as const, error: { kind: "unavailable" as const, detail } };
}
