import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { TagChip } from "#components/ui/tag-chip.tsx";
import type { Tag } from "#policy/tag.ts";
import type { AssignmentEffect } from "./assignment-effect.ts";

/** What the list on screen means: tags gained and lost, and where it stops short. Said before it is saved. */
export function EffectFacts({ effect, endpoint }: { readonly effect: AssignmentEffect; readonly endpoint: string }) {
  const { gainedTags, lostTags, stopsAt, isEmpty, isSame } = effect;
  return (
    <div className="flex flex-col gap-2 text-small" data-effect>
      {gainedTags.length > 0 ? <TagLine words={`${endpoint} gains`} tags={gainedTags} /> : null}
      {lostTags.length > 0 ? <TagLine words={`${endpoint} loses`} tags={lostTags} /> : null}
      {!isSame && gainedTags.length + lostTags.length === 0 && !isEmpty ? (
        <p className="text-ink-2">Its tags stay the same; only the order of the rules changes.</p>
      ) : null}
      {stopsAt === undefined ? null : (
        <Warning>
          {stopsAt.id} {stopsAt.state === "missing" ? "does not exist" : "cannot be read"}: new traffic that reaches it
          is dropped
          {stopsAt.hides.length > 0 ? `, and ${stopsAt.hides.join(", ")} behind it is never asked` : ""}.
        </Warning>
      )}
      {isEmpty && !isSame ? <Warning>Without a profile, {endpoint} sends and receives nothing.</Warning> : null}
    </div>
  );
}

function TagLine({ words, tags }: { readonly words: string; readonly tags: readonly Tag[] }) {
  return (
    <p className="flex flex-wrap items-center gap-1.5 text-ink-2">
      {words}
      {tags.map((tag) => (
        <TagChip key={tag} tag={tag} holding="held" />
      ))}
    </p>
  );
}

function Warning({ children }: { readonly children: ReactNode }) {
  return (
    <p className="flex items-start gap-2 text-amber-text">
      <Icon of={TriangleAlert} size={14} className="mt-px" />
      <span className="min-w-0">{children}</span>
    </p>
  );
}
