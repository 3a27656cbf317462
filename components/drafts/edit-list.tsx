import { VisuallyHidden } from "#components/ui/visually-hidden.tsx";
import { describeEdit } from "#policy/edit/describe-edit.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";

type EditListProps = {
  readonly title: string;
  readonly edits: readonly ProfileEdit[];
  readonly lost?: readonly ProfileEdit[];
  readonly empty: string;
};

/** Edits in words, in order. */
export function EditList({ title, edits, lost = [], empty }: EditListProps) {
  return (
    <section className="min-w-0">
      <h3 className="mb-1 text-heading">{title}</h3>
      {edits.length === 0 ? (
        <p className="text-small text-ink-3">{empty}</p>
      ) : (
        <ol className="thin-scroll flex max-h-72 flex-col overflow-y-auto rounded-list border border-line bg-raised">
          {numbered(edits).map(({ place, edit }) => {
            const isLost = lost.includes(edit);
            return (
              <li
                key={place}
                className={`border-b border-line px-3 py-1.5 text-small break-words last:border-b-0 ${isLost ? "border-s-2 border-s-deny text-deny-text" : ""}`}
              >
                {isLost ? <VisuallyHidden>Cannot be repeated: </VisuallyHidden> : null}
                {describeEdit(edit)}
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}

/** Edits know no identity; their place in the draft is one. */
function numbered(edits: readonly ProfileEdit[]): readonly { readonly place: number; readonly edit: ProfileEdit }[] {
  return edits.map((edit, place) => ({ place, edit }));
}
