import { useQueryClient } from "@tanstack/react-query";
import { describeIntent } from "#analysis/intents/describe-intent.ts";
import { newRequestId } from "#components/drafts/new-request-id.ts";
import { describeRefusal } from "#components/refusal/describe-refusal.ts";
import { useToast } from "#components/ui/toast.tsx";
import type { Intent } from "#policy/intent/intent.ts";
import { formatIntentValue } from "#policy/intent/intent-value.ts";
import type { Leaf } from "#policy/profile.ts";
import { changeIntentAction } from "#web/actions/change-intent.ts";
import { intentRowsKey } from "#web/queries/intent-rows.ts";

type Change = {
  readonly id: string;
  readonly base: number;
  /** Absent removes it. */
  readonly after?: Intent;
  readonly before?: Leaf<Intent>;
};

/** Writes or removes an intent and says what became of it; true when it was done. */
export function useChangeIntent(): (change: Change) => Promise<boolean> {
  const say = useToast();
  const client = useQueryClient();
  const run = async ({ id, base, after, before }: Change): Promise<boolean> => {
    const value: unknown = after === undefined ? undefined : JSON.parse(formatIntentValue(after));
    const answer = await changeIntentAction({ id, base, after: value, requestId: newRequestId() }).catch(
      () => undefined,
    );
    if (answer === undefined || !answer.ok) {
      say({ tone: "refused", title: "The intent was not saved", detail: refusalOf(answer) });
      return false;
    }
    await client.invalidateQueries({ queryKey: intentRowsKey });
    const about = after ?? (before?.kind === "valid" ? before.value : undefined);
    const undo = after === undefined && about !== undefined ? about : undefined;
    say({
      title: after === undefined ? "Intent removed" : "Intent saved",
      detail: about === undefined ? id : `${describeIntent(about)}.`,
      ...(undo === undefined ? {} : { action: { label: "Undo", run: () => void run({ id, base: 0, after: undo }) } }),
    });
    return true;
  };
  return run;
}

type Answer = Awaited<ReturnType<typeof changeIntentAction>>;

function refusalOf(answer: Extract<Answer, { ok: false }> | undefined): string {
  if (answer === undefined) return "The board did not answer.";
  if (answer.error.kind === "conflict") return "Somebody else changed it meanwhile; look at it as it is now.";
  return describeRefusal(answer.error);
}
