import { useMutation } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { countEdits } from "#components/drafts/use-save-draft.ts";
import { acknowledged } from "#components/intents/acknowledged.ts";
import { describeRefusal } from "#components/refusal/describe-refusal.ts";
import { Button } from "#components/ui/button.tsx";
import { copyText } from "#components/ui/copy-text.ts";
import { Icon } from "#components/ui/icon.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { formatRulesJson } from "#policy/json/format-rules-json.ts";
import type { Profile } from "#policy/profile.ts";
import { formatRulesValue } from "#policy/rules-value.ts";
import { formatSidecarValue } from "#policy/sidecar/sidecar-value.ts";
import { formatTagsValue } from "#policy/tags-value.ts";
import { createProfileAction } from "#web/actions/create-profile.ts";
import type { ProfileDesk } from "./use-profile-desk.ts";

/** The profile was removed by someone else; the work on it is not lost. */
export function RemovedNote({ desk, canSave }: { readonly desk: ProfileDesk; readonly canSave: boolean }) {
  const say = useToast();
  const { view, id } = desk;
  const profile = view?.profile;
  const { mutate, isPending } = useMutation({
    mutationFn: (content: Content) =>
      acknowledged((acknowledgedIntents) => createProfileAction({ profileId: id, content, acknowledgedIntents })),
    onSuccess(answer) {
      if (!answer.ok)
        return say({ tone: "refused", title: `${id} was not created`, detail: describeRefusal(answer.error) });
      desk.discard();
      say({ title: `${id} created again`, detail: "With your draft." });
    },
    onError: () => say({ tone: "refused", title: `${id} was not created`, detail: "The board did not answer." }),
  });
  const isPage = desk.actions.density === "page";
  const content = profile && contentOf(profile);
  const rules = profile?.rules.kind === "valid" ? profile.rules.value : undefined;
  return (
    <div
      className={`flex min-h-0 grow flex-col gap-2 ${isPage ? "max-w-xl px-[22px] py-5" : "border-t border-line px-3 py-2.5 text-small"}`}
    >
      <p className="flex items-center gap-2 font-[600]">
        <Icon of={Trash2} size={14} />
        {id} was removed by someone else
      </p>
      <p className="text-ink-2">
        Your draft of {countEdits(view?.draft?.edits.length ?? 0)} is kept here. Endpoints that name {id} now drop what
        reaches them.
      </p>
      <span className={`flex flex-wrap gap-2 ${isPage ? "mt-2" : "mt-auto"}`}>
        <Button look="plain" size="small" onClick={desk.discard}>
          Discard draft
        </Button>
        <Button
          size="small"
          className="ms-auto"
          disabled={rules === undefined}
          onClick={() => rules && void copyText(formatRulesJson(id, rules), "Draft copied as JSON", say)}
        >
          Copy as JSON
        </Button>
        <Button
          size="small"
          disabled={!canSave || isPending || content === undefined}
          onClick={() => content && mutate(content)}
        >
          Create it again with my draft
        </Button>
      </span>
    </div>
  );
}

type Content = { readonly tags: string; readonly rules: string; readonly sidecar?: string };

/** All of the draft, comments and parked rules too; nothing where a value cannot be read. */
function contentOf({ tags, rules, sidecar }: Profile): Content | undefined {
  if (tags.kind !== "valid" || rules.kind !== "valid") return undefined;
  const beside = sidecar?.kind === "valid" ? { sidecar: formatSidecarValue(sidecar.value) } : {};
  return { tags: formatTagsValue(tags.value), rules: formatRulesValue(rules.value), ...beside };
}
