import type { DraftEffect } from "#components/drafts/draft-effect.ts";
import { ReachEffectList } from "#components/reach/reach-effect-list.tsx";

/** Every pair a change of tags opens or closes, before it is made. */
export function TagEffect({ effect, does }: { readonly effect: DraftEffect | undefined; readonly does: string }) {
  return (
    <div aria-live="polite" className="flex flex-col gap-2 text-small">
      {effect === undefined ? (
        <p className="text-ink-2">{does}: working out what it opens and closes.</p>
      ) : (
        <>
          <p className="text-ink-2">
            {does}{" "}
            {effect.opens.length + effect.closes.length === 0 ? "changes nothing that is reachable." : "does this:"}
          </p>
          {effect.opens.length + effect.closes.length === 0 ? null : <ReachEffectList effect={effect} />}
        </>
      )}
    </div>
  );
}
