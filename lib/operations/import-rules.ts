import type { Author, Deps } from "#operations/deps.ts";
import { isBesideConflict, readToEdit, sidecarWrite } from "#operations/transaction/beside-profile.ts";
import { commitChange } from "#operations/transaction/commit-change.ts";
import type { JournalEdit } from "#operations/transaction/journal-edit.ts";
import { applyEdit } from "#policy/edit/apply-edit.ts";
import { type CombineModes, combineRules } from "#policy/edit/combine-rules.ts";
import type { EditError, ProfileEdit } from "#policy/edit/profile-edit.ts";
import { newProfile } from "#policy/new-profile.ts";
import type { Profile, ProfileRules } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { err, ok, type Result } from "#prelude/result.ts";
import type { CommitRefusal, PolicyWrite, ProfileVersion } from "#store/policy-store.ts";

/** The rules of one file for one profile. `base` is what the person saw; `{ tags: 0, rules: 0 }` creates the profile. */
export type RulesImport = {
  readonly profileId: ProfileId;
  readonly rules: ProfileRules;
  readonly modes: CombineModes;
  readonly base: ProfileVersion;
};

export type ImportRulesRequest = { readonly imports: readonly RulesImport[]; readonly requestId?: string };

/** Nothing was written. `profiles` are those that are no longer what the person saw. */
export type ImportRulesRefusal =
  | { readonly kind: "conflict"; readonly profiles: readonly ProfileId[] }
  | { readonly kind: "listed-twice"; readonly profileId: ProfileId }
  | { readonly kind: "edit-refused"; readonly profileId: ProfileId; readonly error: EditError }
  | Exclude<CommitRefusal, { readonly kind: "conflict" }>;

type Prepared = { readonly write: PolicyWrite; readonly edits: readonly JournalEdit[] };

/** Imports rules into one or several profiles in one transaction; tags are never touched, a created profile holds its own. */
export async function importRules(
  deps: Deps,
  author: Author,
  request: ImportRulesRequest,
): Promise<Result<{ readonly revision: number }, ImportRulesRefusal>> {
  const twice = listedTwice(request.imports);
  if (twice !== undefined) return err({ kind: "listed-twice", profileId: twice });
  const requestId = request.requestId ?? deps.newRequestId();
  const prepared: Prepared[] = [];
  for (const each of request.imports) {
    const next = await prepare(deps, each);
    if (!next.ok) return next;
    prepared.push(next.value);
  }
  const committed = await commitChange(deps, author, {
    requestId,
    writes: prepared.map(({ write }) => write),
    edits: prepared.flatMap(({ edits }) => edits),
  });
  if (committed.ok) return committed;
  if (committed.error.kind !== "conflict") return err(committed.error);
  const ids = request.imports.map(({ profileId }) => profileId);
  if (isBesideConflict(committed.error, ids)) return importRules(deps, author, { ...request, requestId });
  return err({ kind: "conflict", profiles: await staleProfiles(deps, request.imports) });
}

/** A stale base is left to the store's comparison, which alone knows whether this request already took effect. */
async function prepare(deps: Deps, wanted: RulesImport): Promise<Result<Prepared, ImportRulesRefusal>> {
  const { profileId, base } = wanted;
  const stored = await readToEdit(deps, profileId);
  const isNew = base.tags === 0 && base.rules === 0;
  const before = isNew || stored === undefined ? newProfile(profileId) : stored.profile;
  const edit = replacement(wanted, isNew ? undefined : before);
  if (!edit.ok) return err({ kind: "edit-refused", profileId, error: edit.error });
  const after = applyEdit(before, edit.value);
  if (!after.ok) return err({ kind: "edit-refused", profileId, error: after.error });
  const edits: JournalEdit[] = isNew ? [{ kind: "create-profile", profileId }] : [];
  edits.push({ kind: "edit-profile", profileId, edits: [edit.value] });
  const beside = isNew || stored === undefined ? {} : sidecarWrite(stored.beside, after.value);
  return ok({ write: { kind: "profile", id: profileId, base, after: after.value, ...beside }, edits });
}

/** Rules that cannot be read can be replaced, not combined with. */
function replacement(wanted: RulesImport, before: Profile | undefined): Result<ProfileEdit, EditError> {
  const { rules, modes } = wanted;
  const isReplacing = modes.inbound === "replace" && modes.outbound === "replace";
  if (before?.rules.kind === "invalid" && !isReplacing) return err({ kind: "stored-invalid", leaf: "rules" });
  const current = before?.rules.kind === "valid" ? before.rules.value : { inbound: [], outbound: [] };
  const { inbound, outbound } = combineRules(current, rules, modes);
  return ok({ kind: "replace-rules", inbound, outbound });
}

async function staleProfiles(deps: Deps, imports: readonly RulesImport[]): Promise<readonly ProfileId[]> {
  const stale: ProfileId[] = [];
  for (const { profileId, base } of imports) {
    const now = (await deps.store.readProfile(profileId))?.version ?? { tags: 0, rules: 0 };
    if (now.tags !== base.tags || now.rules !== base.rules) stale.push(profileId);
  }
  return stale;
}

function listedTwice(imports: readonly RulesImport[]): ProfileId | undefined {
  const seen = new Set<ProfileId>();
  for (const { profileId } of imports) {
    if (seen.has(profileId)) return profileId;
    seen.add(profileId);
  }
  return undefined;
}
