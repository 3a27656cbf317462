import type { Author, Deps } from "#operations/deps.ts";
import { BESIDE_REPEATS, isBesideConflict, readToEdit, sidecarWrite } from "#operations/transaction/beside-profile.ts";
import { commitChange, type WriteRefusal } from "#operations/transaction/commit-change.ts";
import type { JournalEdit } from "#operations/transaction/journal-edit.ts";
import type { EditError } from "#policy/edit/profile-edit.ts";
import { importInto, type WantedImport } from "#policy/import/import-into.ts";
import type { Leaf, Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { formatRulesValue } from "#policy/rules-value.ts";
import { formatTagsValue } from "#policy/tags-value.ts";
import { err, ok, type Result } from "#prelude/result.ts";
import type { PolicyWrite, ProfileVersion } from "#store/policy-store.ts";

/** What of a file goes into one profile. `base` is what the person saw; `{ tags: 0, rules: 0 }` creates the profile. */
export type RulesImport = WantedImport & { readonly profileId: ProfileId; readonly base: ProfileVersion };

export type ImportRulesRequest = {
  readonly imports: readonly RulesImport[];
  readonly requestId?: string;
  /** Says what the store would refuse, and writes nothing. */
  readonly isRehearsal?: boolean;
};

export type ImportedProfile = { readonly id: ProfileId; readonly version: ProfileVersion };

/** The profiles that were asked for, with the versions they have now. */
export type ImportedRules = { readonly revision: number; readonly profiles: readonly ImportedProfile[] };

/** Nothing was written. `profiles` are those that are no longer what the person saw. */
export type ImportRulesRefusal =
  | { readonly kind: "conflict"; readonly profiles: readonly ProfileId[] }
  | { readonly kind: "listed-twice"; readonly profileId: ProfileId }
  | { readonly kind: "edit-refused"; readonly profileId: ProfileId; readonly error: EditError }
  | Exclude<WriteRefusal, { readonly kind: "conflict" }>;

type Prepared = {
  readonly write: PolicyWrite;
  readonly edits: readonly JournalEdit[];
  readonly versionAt: (revision: number) => ImportedProfile;
};

/**
 * Imports into one or several profiles in one transaction. Tags change only where they are wanted; a created profile
 * holds its own. What the file says already stays untouched.
 */
export async function importRules(
  deps: Deps,
  author: Author,
  request: ImportRulesRequest,
): Promise<Result<ImportedRules, ImportRulesRefusal>> {
  const twice = listedTwice(request.imports);
  if (twice !== undefined) return err({ kind: "listed-twice", profileId: twice });
  const requestId = request.requestId ?? deps.newRequestId();
  return attemptImport(deps, author, { request: { ...request, requestId }, repeats: BESIDE_REPEATS });
}

type Attempt = { readonly request: ImportRulesRequest & { readonly requestId: string }; readonly repeats: number };

async function attemptImport(
  deps: Deps,
  author: Author,
  { request, repeats }: Attempt,
): Promise<Result<ImportedRules, ImportRulesRefusal>> {
  const { requestId } = request;
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
    ...(request.isRehearsal === true && { isRehearsal: true }),
  });
  if (committed.ok) {
    const { revision } = committed.value;
    return ok({ revision, profiles: prepared.map(({ versionAt }) => versionAt(revision)) });
  }
  if (committed.error.kind !== "conflict") return err(committed.error);
  const ids = request.imports.map(({ profileId }) => profileId);
  if (repeats > 0 && isBesideConflict(committed.error, ids))
    return attemptImport(deps, author, { request, repeats: repeats - 1 });
  return err({ kind: "conflict", profiles: await staleProfiles(deps, request.imports) });
}

/** A stale base is left to the store's comparison, which alone knows whether this request already took effect. */
async function prepare(deps: Deps, wanted: RulesImport): Promise<Result<Prepared, ImportRulesRefusal>> {
  const { profileId, base } = wanted;
  const stored = await readToEdit(deps, profileId);
  const isNew = base.tags === 0 && base.rules === 0;
  const before = isNew ? undefined : stored?.profile;
  const imported = importInto(profileId, before, wanted);
  if (!imported.ok) return err({ kind: "edit-refused", profileId, error: imported.error });
  const { after, edits: made } = imported.value;
  const edits: JournalEdit[] = isNew ? [{ kind: "create-profile", profileId }] : [];
  if (made.length > 0) edits.push({ kind: "edit-profile", profileId, edits: made });
  const beside = isNew || stored === undefined ? {} : sidecarWrite(stored.beside, after);
  const versionAt = (revision: number) => ({ id: profileId, version: versionAfter({ base, before, after }, revision) });
  return ok({ write: { kind: "profile", id: profileId, base, after, ...beside }, edits, versionAt });
}

type Step = { readonly base: ProfileVersion; readonly before: Profile | undefined; readonly after: Profile };

/** A key that already held its value is not written, and keeps its revision. */
function versionAfter({ base, before, after }: Step, revision: number): ProfileVersion {
  const isKept = <T>(was: Leaf<T> | undefined, is: Leaf<T>, format: (value: T) => string) =>
    textOf(was, format) === textOf(is, format);
  return {
    tags: isKept(before?.tags, after.tags, formatTagsValue) ? base.tags : revision,
    rules: isKept(before?.rules, after.rules, formatRulesValue) ? base.rules : revision,
  };
}

function textOf<T>(leaf: Leaf<T> | undefined, format: (value: T) => string): string | undefined {
  if (leaf === undefined || leaf.kind === "missing") return undefined;
  return leaf.kind === "valid" ? format(leaf.value) : leaf.text;
}

async function staleProfiles(
  deps: Deps,
  imports: readonly Pick<RulesImport, "profileId" | "base">[],
): Promise<readonly ProfileId[]> {
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
