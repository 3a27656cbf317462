"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { SeenProfile } from "#components/drafts/draft.ts";
import { newRequestId } from "#components/drafts/new-request-id.ts";
import { acknowledged } from "#components/intents/acknowledged.ts";
import { describeRefusal } from "#components/refusal/describe-refusal.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { removeProfileAction } from "#web/actions/remove-profile.ts";

type RemoveProfileDialogProps = {
  readonly seen: SeenProfile;
  /** Endpoints that name the profile, as `host/orchestrator/workload/endpoint`. */
  readonly endpoints: readonly string[];
  readonly canSave: boolean;
  readonly onRemoved: () => void;
  readonly onClose: () => void;
};

/** Removes a profile; says which endpoints use it and what becomes of them. */
export function RemoveProfileDialog({ seen, endpoints, canSave, onRemoved, onClose }: RemoveProfileDialogProps) {
  const say = useToast();
  const { id } = seen.profile;
  const [requestId] = useState(newRequestId);
  const { mutate, isPending } = useMutation({
    mutationFn: () =>
      acknowledged((acknowledgedIntents) =>
        removeProfileAction({
          ...{ profileId: id, base: seen.version, evenInUse: endpoints.length > 0 },
          ...{ requestId, acknowledgedIntents },
        }),
      ),
    onSuccess(answer) {
      if (!answer.ok)
        return say({ tone: "refused", title: `${id} was not removed`, detail: describeRefusal(answer.error) });
      say({ title: `${id} removed`, detail: `rev ${answer.value.revision}` });
      onRemoved();
    },
    onError: () => say({ tone: "refused", title: `${id} was not removed`, detail: "The board did not answer." }),
    onSettled: onClose,
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="narrow"
      title={endpoints.length === 0 ? `This removes ${id}` : `This cuts off ${countEndpoints(endpoints.length)}`}
      description={
        endpoints.length === 0
          ? "No endpoint names it. Its rules and tags are removed; other profiles stay as they are."
          : `They name ${id}. A profile that is missing drops what reaches it, and later profiles are not asked.`
      }
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" disabled={!canSave || isPending} onClick={() => mutate()}>
            {isPending ? "Removing…" : endpoints.length === 0 ? `Remove ${id}` : `Remove ${id}, cut them off`}
          </Button>
        </>
      }
    >
      {endpoints.length > 0 ? (
        <ul className="thin-scroll mono max-h-48 overflow-y-auto rounded-list border border-line bg-raised px-3 py-1.5">
          {endpoints.map((name) => (
            <li key={name} className="truncate py-0.5" title={name}>
              {name}
            </li>
          ))}
        </ul>
      ) : null}
    </Dialog>
  );
}

function countEndpoints(count: number): string {
  return count === 1 ? "1 endpoint" : `${count} endpoints`;
}
