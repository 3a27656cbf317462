import type { DraftEffect } from "#components/drafts/draft-effect.ts";
import { ReachEffectList } from "#components/reach/reach-effect-list.tsx";

/** Who can reach whom because of the import: every pair, every port. */
export function ReachPreview({ reach }: { readonly reach: DraftEffect }) {
  return (
    <section
      aria-label="What becomes reachable"
      className="thin-scroll flex min-h-0 flex-col gap-3 border-line bg-surface p-[18px] max-lg:border-t lg:overflow-y-auto lg:border-s"
    >
      <header className="flex flex-wrap items-baseline gap-2">
        <h3 className="text-heading">What becomes reachable</h3>
        <span className="ms-auto text-small text-ink-2">every pair, every port</span>
      </header>
      <ReachEffectList effect={reach} />
    </section>
  );
}
