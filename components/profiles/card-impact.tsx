import { PencilLine } from "lucide-react";
import { useConsequences } from "#components/drafts/effect/use-consequences.ts";
import { useEffectOf } from "#components/drafts/effect/use-effect-of.ts";
import { draftLabel } from "#components/drafts/save-label.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { ProfileDesk } from "./use-profile-desk.ts";

type CardImpactProps = { readonly desk: ProfileDesk; readonly canSave: boolean; readonly tabIndex: 0 | -1 };

/** The foot of a card with a draft: what a save opens and closes, Save and Discard. */
export function CardImpact({ desk, canSave, tabIndex }: CardImpactProps) {
  const { view, isSaving } = desk;
  const effect = useEffectOf(view?.live?.profile, view?.profile);
  const edits = view?.draft?.edits.length ?? 0;
  const label = draftLabel(desk, effect, useConsequences(view));
  return (
    <div
      data-impact
      className="hatch flex h-[34px] shrink-0 items-center gap-1 rounded-b-[11px] border-t border-amber-line ps-1.5 pe-1.5"
    >
      <Button
        look="plain"
        size="small"
        tabIndex={tabIndex}
        className="px-1.5"
        onClick={() => desk.open({ kind: "review" })}
        aria-label={`Review draft of ${desk.id}, edits: ${edits}`}
      >
        <Icon of={PencilLine} size={12} className="text-amber-text" />
        {edits}
      </Button>
      <Button
        look="plain"
        size="small"
        tabIndex={tabIndex}
        className="ms-auto px-1.5"
        onClick={desk.discard}
        aria-label={`Discard draft of ${desk.id}`}
      >
        Discard
      </Button>
      <Button
        look="primary"
        size="small"
        tabIndex={tabIndex}
        className="min-w-0 shrink px-2"
        disabled={!canSave || isSaving}
        onClick={desk.save}
        title={canSave ? undefined : "Read only while etcd is away"}
      >
        <span className="truncate">{label}</span>
      </Button>
    </div>
  );
}
