import type { EditError, ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { Leaf } from "#policy/profile.ts";
import type { Tag } from "#policy/tag.ts";
import { err, ok, type Result } from "#prelude/result.ts";

type TagsEdit = Extract<ProfileEdit, { readonly kind: "add-tag" | "remove-tag" | "replace-tags" }>;

/** The tags value after an edit of tags; tags keep the order in which they were added. */
export function editTags(leaf: Leaf<readonly Tag[]>, edit: TagsEdit): Result<readonly Tag[], EditError> {
  if (edit.kind === "replace-tags") return ok(edit.tags);
  if (leaf.kind === "invalid") return err({ kind: "stored-invalid", leaf: "tags" });
  const tags = leaf.kind === "valid" ? leaf.value : [];
  const isHeld = tags.includes(edit.tag);
  if (edit.kind === "add-tag") {
    return isHeld ? err({ kind: "tag-already-held", tag: edit.tag }) : ok([...tags, edit.tag]);
  }
  // A list written by others may hold a tag twice; removing it removes the grant, so every copy goes.
  return isHeld ? ok(tags.filter((tag) => tag !== edit.tag)) : err({ kind: "tag-not-held", tag: edit.tag });
}
