import { Check, PencilLine } from "lucide-react";
import type { EffectPair } from "#components/drafts/draft-effect.ts";
import type { Keeping } from "#components/drafts/draft-store.ts";
import { useConsequences } from "#components/drafts/effect/use-consequences.ts";
import { useEffectOf } from "#components/drafts/effect/use-effect-of.ts";
import { draftLabel } from "#components/drafts/save-label.ts";
import { useKeeping } from "#components/drafts/use-draft.ts";
import { countEdits } from "#components/drafts/use-save-draft.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { KeyCap } from "#components/ui/key-cap.tsx";
import type { ProfileDesk } from "../use-profile-desk.ts";
import { ConsequenceGroup } from "./consequence-group.tsx";

type ImpactBarProps = {
  readonly desk: ProfileDesk;
  readonly canSave: boolean;
};

/** What the draft is, opens and closes, with Discard and Save. */
export function ImpactBar({ desk, canSave }: ImpactBarProps) {
  const { view, isSaving } = desk;
  const effect = useEffectOf(view?.live?.profile, view?.profile);
  const keeping = useKeeping();
  const edits = view?.draft?.edits.length ?? 0;
  const consequences = useConsequences(view);
  const label = draftLabel(desk, effect, consequences);
  return (
    <div data-impact data-impact-bar className="shrink-0 border-t border-amber-line bg-surface">
      <div className="hatch h-1" />
      <div className="flex min-h-[71px] flex-wrap items-center gap-x-5 gap-y-2 px-[22px] py-2 max-md:px-4">
        <button
          type="button"
          onClick={() => desk.open({ kind: "review" })}
          className="flex items-center gap-2.5 rounded-chip text-start hover:underline"
        >
          <Icon of={PencilLine} className="text-amber-text" />
          <span>
            <span className="block text-heading">Draft, {countEdits(edits)}</span>
            <span className="block text-small text-ink-2">{KEEPING[keeping]}</span>
          </span>
        </button>
        {effect ? (
          <>
            <EffectGroup title="Opens" sign="+" pairs={effect.opens} />
            <EffectGroup title="Closes" sign="−" pairs={effect.closes} />
          </>
        ) : null}
        {consequences ? <ConsequenceGroup consequences={consequences} /> : null}
        <span className="ms-auto flex items-center gap-2">
          <Button look="plain" onClick={desk.discard}>
            Discard
          </Button>
          <Button look="primary" disabled={!canSave || isSaving} onClick={desk.save}>
            <Icon of={Check} size={14} className="text-amber" />
            {label}
            <KeyCap onPrimary>Ctrl S</KeyCap>
          </Button>
        </span>
      </div>
    </div>
  );
}

const KEEPING: Readonly<Record<Keeping, string>> = {
  kept: "not saved, kept in this browser",
  off: "not saved, and lost when this page closes: the browser keeps nothing",
  full: "not saved, and lost when this page closes: the browser's storage is full",
};

const SHOWN_PAIRS = 2;

function EffectGroup({
  title,
  sign,
  pairs,
}: {
  readonly title: "Opens" | "Closes";
  readonly sign: string;
  readonly pairs: readonly EffectPair[];
}) {
  if (pairs.length === 0) return null;
  const look =
    title === "Opens"
      ? "border-allow-line bg-allow-tint text-allow-text"
      : "border-dashed border-deny bg-deny-tint text-deny-text";
  return (
    <div className="flex items-start gap-2.5 border-s border-line ps-5">
      <span className={`mt-0.5 rounded-chip border px-1.5 py-1 text-heading ${look}`}>
        {sign}
        {pairs.length}
      </span>
      <div className="text-small">
        <p className="font-[600]">{title}</p>
        {pairs.slice(0, SHOWN_PAIRS).map(({ from, to, what }) => (
          <p key={`${from} ${to} ${what}`} className="text-ink-2">
            {from} → {to} <span className="mono">{what}</span>
          </p>
        ))}
        {pairs.length > SHOWN_PAIRS ? <p className="text-ink-3">and {pairs.length - SHOWN_PAIRS} more</p> : null}
      </div>
    </div>
  );
}
