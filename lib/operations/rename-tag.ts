import { reachChanges } from "#analysis/reach/reach-changes.ts";
import { reachability } from "#analysis/reach/reachability.ts";
import type { Author, Deps } from "#operations/deps.ts";
import { readToEdit, sidecarWrite } from "#operations/transaction/beside-profile.ts";
import { commitChange, type WriteRefusal } from "#operations/transaction/commit-change.ts";
import { readVersioned, type VersionedSnapshot } from "#operations/transaction/read-versioned.ts";
import { retryConflicts } from "#operations/transaction/retry-conflicts.ts";
import { applyEdits } from "#policy/edit/apply-edit.ts";
import { renameTag as planRenaming, type TagRenaming, unreadableMentions } from "#policy/edit/rename-tag.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { Tag } from "#policy/tag.ts";
import { err, ok, type Result } from "#prelude/result.ts";
import type { PolicyWrite } from "#store/policy-store.ts";

export type RenameTagRequest = { readonly from: Tag; readonly to: Tag; readonly requestId?: string };

/** `unreadable` profiles hold the old name in values that cannot be read; they were left as they are. */
export type RenamedTag = {
  readonly revision: number;
  readonly holders: readonly ProfileId[];
  readonly ruleCount: number;
  readonly unreadable: readonly ProfileId[];
};

/** Nothing was written. */
export type RenameTagRefusal =
  /** Nobody holds it and no rule names it. */
  | { readonly kind: "tag-not-known"; readonly tag: Tag }
  /** The new name is in use: holders of both would be let in by the rules of both. */
  | { readonly kind: "tag-in-use"; readonly tag: Tag; readonly holders: number; readonly rules: number }
  /** The judge found a pair that would change, so the renaming is not one. */
  | { readonly kind: "reach-changes"; readonly pairs: number }
  | WriteRefusal;

/**
 * Renames a tag in every holder and every rule in one transaction, after the judge has found that no pair of places may
 * send more or less. Done anew on the newest state while others save in between.
 */
export async function renameTag(
  deps: Deps,
  author: Author,
  request: RenameTagRequest,
): Promise<Result<RenamedTag, RenameTagRefusal>> {
  const requestId = request.requestId ?? deps.newRequestId();
  return retryConflicts<RenamedTag, RenameTagRefusal>(() => attemptRename(deps, author, { ...request, requestId }));
}

async function attemptRename(
  deps: Deps,
  author: Author,
  { from, to, requestId }: Required<RenameTagRequest>,
): Promise<Result<RenamedTag, RenameTagRefusal>> {
  const stored = await readVersioned(deps);
  const profiles = [...stored.snapshot.profiles.values()];
  const renamings = planRenaming(profiles, from, to);
  const inUse = renameRefusal(profiles, { from, to, renamings });
  if (inUse !== undefined) return err(inUse);
  const pairs = changedPairs(stored.snapshot, renamings);
  if (pairs > 0) return err({ kind: "reach-changes", pairs });
  const writes: PolicyWrite[] = [];
  for (const renaming of renamings) {
    const write = await writeOf(deps, stored, renaming);
    if (write === undefined) return err({ kind: "conflict", keys: [] });
    writes.push(write);
  }
  const committed = await commitChange(deps, author, { requestId, writes, edits: [{ kind: "rename-tag", from, to }] });
  if (!committed.ok) return committed;
  return ok({
    revision: committed.value.revision,
    holders: renamings.filter(({ isHolder }) => isHolder).map(({ profileId }) => profileId),
    ruleCount: renamings.reduce((sum, { ruleCount }) => sum + ruleCount, 0),
    unreadable: unreadableMentions(profiles, from),
  });
}

type Planned = { readonly from: Tag; readonly to: Tag; readonly renamings: readonly TagRenaming[] };

function renameRefusal(profiles: readonly Profile[], { from, to, renamings }: Planned): RenameTagRefusal | undefined {
  if (renamings.length === 0) return { kind: "tag-not-known", tag: from };
  const uses = planRenaming(profiles, to, from);
  if (uses.length === 0) return undefined;
  const holders = uses.filter(({ isHolder }) => isHolder).length;
  return { kind: "tag-in-use", tag: to, holders, rules: uses.reduce((sum, { ruleCount }) => sum + ruleCount, 0) };
}

function changedPairs(before: Snapshot, renamings: readonly TagRenaming[]): number {
  const profiles = new Map(before.profiles);
  for (const { profileId, edits } of renamings) {
    const profile = profiles.get(profileId);
    const after = profile && applyEdits(profile, edits);
    if (after?.ok) profiles.set(profileId, after.value);
  }
  const reach = reachability(before);
  return reachChanges(reach, reachability({ ...before, profiles }, reach)).length;
}

/** `undefined` when the profile changed since the state was read. */
async function writeOf(
  deps: Deps,
  stored: VersionedSnapshot,
  { profileId, edits }: TagRenaming,
): Promise<PolicyWrite | undefined> {
  const current = await readToEdit(deps, profileId);
  const base = stored.profileVersion(profileId);
  if (current === undefined || current.version.tags !== base.tags || current.version.rules !== base.rules) {
    return undefined;
  }
  const after = applyEdits(current.profile, edits);
  if (!after.ok) return undefined;
  return { kind: "profile", id: profileId, base, after: after.value, ...sidecarWrite(current.beside, after.value) };
}
