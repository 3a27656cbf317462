import type { Author, Deps } from "#operations/deps.ts";
import { readToEdit, sidecarWrite } from "#operations/transaction/beside-profile.ts";
import { commitChange, type WriteRefusal } from "#operations/transaction/commit-change.ts";
import type { JournalEdit } from "#operations/transaction/journal-edit.ts";
import { applyEdit } from "#policy/edit/apply-edit.ts";
import { diffProfiles } from "#policy/edit/diff-profiles.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { err, type Result } from "#prelude/result.ts";
import type { PolicyWrite, ProfileVersion } from "#store/policy-store.ts";

/** One profile as it was before an import; without `before` the import created it. `base` is what the import left. */
export type ImportUndo = { readonly profileId: ProfileId; readonly before?: Profile; readonly base: ProfileVersion };

export type UndoImportRequest = { readonly profiles: readonly ImportUndo[]; readonly requestId?: string };

/** Nothing was written. */
export type UndoImportRefusal =
  | { readonly kind: "conflict" }
  | { readonly kind: "in-use"; readonly endpoints: readonly string[] }
  | Exclude<WriteRefusal, { readonly kind: "conflict" }>;

/** Puts back what an import changed, in one transaction and one new revision; refused when anyone wrote since. */
export async function undoImport(
  deps: Deps,
  author: Author,
  request: UndoImportRequest,
): Promise<Result<{ readonly revision: number }, UndoImportRefusal>> {
  const { entries } = await deps.store.readSnapshot();
  const { profiles, endpoints } = snapshotFromEntries(entries);
  const created = new Set(
    request.profiles.flatMap(({ profileId, before }) => (before === undefined ? [profileId] : [])),
  );
  const users = [...endpoints].filter(
    ([, { value }]) => value.kind === "valid" && value.value.profileIds.some((id) => created.has(id)),
  );
  if (users.length > 0) return err({ kind: "in-use", endpoints: users.map(([name]) => name) });
  const writes: PolicyWrite[] = [];
  for (const each of request.profiles) writes.push(await writeOf(deps, each));
  const committed = await commitChange(deps, author, {
    requestId: request.requestId ?? deps.newRequestId(),
    writes,
    edits: request.profiles.map(({ profileId, before }): JournalEdit => {
      const now = profiles.get(profileId);
      if (before === undefined) return { kind: "remove-profile", profileId };
      return { kind: "edit-profile", profileId, edits: now === undefined ? [] : diffProfiles(now, before) };
    }),
  });
  if (committed.ok) return committed;
  return err(committed.error.kind === "conflict" ? { kind: "conflict" } : committed.error);
}

/** Comments that waited for the rules the import took away find them again. */
async function writeOf(deps: Deps, { profileId, before, base }: ImportUndo): Promise<PolicyWrite> {
  const now = await readToEdit(deps, profileId);
  const write = { kind: "profile", id: profileId, base } as const;
  if (before === undefined) return { ...write, ...(now && sidecarWrite(now.beside, undefined)) };
  if (now === undefined || before.rules.kind !== "valid") return { ...write, after: before };
  const { inbound, outbound } = before.rules.value;
  const followed = applyEdit(now.profile, { kind: "replace-rules", inbound, outbound });
  const sidecar = followed.ok ? followed.value.sidecar : undefined;
  const after = { ...before, ...(sidecar && { sidecar }) };
  return { ...write, after, ...sidecarWrite(now.beside, after) };
}
