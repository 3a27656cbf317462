import { describeEdit } from "#policy/edit/describe-edit.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import { formatRule } from "#policy/grammar/format-rule.ts";
import type { Profile } from "#policy/profile.ts";
import type { BulkChange } from "./use-bulk-edit.ts";

type BulkPreviewProps = { readonly changes: readonly BulkChange[]; readonly isAsked: boolean };

/** Every rule and tag list that a replacement touches, as it is and as it will be. */
export function BulkPreview({ changes, isAsked }: BulkPreviewProps) {
  if (!isAsked) return <p className="text-ink-2">Every rule that changes is shown here before anything is saved.</p>;
  if (changes.length === 0) return <p className="text-ink-2">It stands in none of the selected profiles.</p>;
  return (
    <section aria-label="Changes" className="flex flex-col gap-2">
      {changes.map(({ profile, edits }) => (
        <div key={profile.id} className="rounded-card border border-line bg-raised px-3.5 py-2.5">
          <h3 className="text-heading">{profile.id}</h3>
          <ul className="mt-1 flex flex-col gap-1">
            {edits.map((edit) => (
              <li key={JSON.stringify(edit)} className="hatch rounded-chip px-2 py-1">
                <EditLines profile={profile} edit={edit} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function EditLines({ profile, edit }: { readonly profile: Profile; readonly edit: ProfileEdit }) {
  const before = textBefore(profile, edit);
  return (
    <>
      <span className="block">{describeEdit(edit)}</span>
      {before === undefined ? null : <span className="mono block text-small text-ink-2">was {before}</span>}
    </>
  );
}

function textBefore({ rules, tags }: Profile, edit: ProfileEdit): string | undefined {
  if (edit.kind === "replace-rule" && rules.kind === "valid") {
    const rule = rules.value[edit.direction][edit.at - 1];
    return rule && formatRule(rule);
  }
  return edit.kind === "replace-tags" && tags.kind === "valid" ? tags.value.join(", ") : undefined;
}
