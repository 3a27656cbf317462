import { type RefObject, use, useMemo } from "react";
import { effectLabel } from "#components/drafts/effect/effect-sentence.ts";
import { useEffectOf } from "#components/drafts/effect/use-effect-of.ts";
import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { applyEdits } from "#policy/edit/apply-edit.ts";
import { ShownProfileContext } from "../rule-list-context.ts";
import { dropEdits, type PlacedRule } from "../rule-moves.ts";
import type { DropPlace } from "./drop-place.ts";

type DropLineProps = {
  readonly drop: DropPlace;
  readonly dragged: PlacedRule;
  /** What the line is drawn in; the list itself would cut it off. */
  readonly frame: RefObject<HTMLElement | null>;
};

/** The one line that says where the rule will be, and what that opens and closes, before it is released. */
export function DropLine({ drop, dragged, frame }: DropLineProps) {
  const profile = use(ShownProfileContext);
  const { position: from } = dragged;
  const to = drop.target;
  const after = useMemo(() => {
    const edits = dropEdits(dragged, to);
    const moved = profile === undefined || edits.length === 0 ? undefined : applyEdits(profile, edits);
    return moved?.ok ? moved.value : undefined;
  }, [profile, dragged, to]);
  const effect = useEffectOf(profile, after);
  const isClosing = effect !== undefined && effect.closes.length > 0;
  return (
    <span
      data-drop={to}
      className="pointer-events-none absolute inset-x-0 z-20 flex h-0 items-center"
      style={{ top: drop.y - (frame.current?.getBoundingClientRect().top ?? 0) }}
    >
      <span className="ms-1 size-2 shrink-0 rounded-full border-2 border-focus bg-raised" />
      <span className="h-[3px] min-w-4 grow rounded-full bg-focus" />
      <span
        className={`me-1 flex max-w-11/12 shrink-0 items-center gap-1 truncate rounded-chip border px-1.5 py-px text-caption whitespace-nowrap shadow-2 ${isClosing ? "border-deny-line bg-deny-tint" : "border-amber-line bg-raised"}`}
      >
        {isClosing ? <VerdictMark mark="deny" size={11} /> : null}
        <b className="font-[600]">{to === from ? `Stays at ${to}` : `Position ${to}`}</b>
        {effect ? (
          <span className={isClosing ? "truncate text-deny-text" : "truncate text-ink-2"}>{effectLabel(effect)}</span>
        ) : null}
      </span>
    </span>
  );
}
