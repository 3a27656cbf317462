import { canonicalKey } from "#policy/canonical-rule.ts";
import { applyEdits } from "#policy/edit/apply-edit.ts";
import { type CombineModes, combineRules } from "#policy/edit/combine-rules.ts";
import type { EditError, ProfileEdit } from "#policy/edit/profile-edit.ts";
import { acceptChanges } from "#policy/import/accept-changes.ts";
import type { RuleChange } from "#policy/import/rule-change.ts";
import { ruleChanges } from "#policy/import/rule-changes.ts";
import { newProfile } from "#policy/new-profile.ts";
import type { Profile, ProfileRules } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Direction, Rule } from "#policy/rule.ts";
import type { Tag } from "#policy/tag.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/** What of a file goes into one profile. Absent `rules` or `tags` stay as they are. */
export type WantedImport = {
  readonly rules?: ProfileRules;
  readonly tags?: readonly Tag[];
  readonly modes: CombineModes;
  /** Places, from 0, in the list of changes of each direction, that are not wanted. */
  readonly declined?: DeclinedChanges;
};

export type DeclinedChanges = Readonly<Record<Direction, readonly number[]>>;

export type ImportedInto = {
  readonly after: Profile;
  /** What turns the stored profile into `after`; empty when it is as the file says already. */
  readonly edits: readonly ProfileEdit[];
};

/**
 * The profile after an import; a profile that is not stored begins as `profile add` makes it. Rules that the file only
 * writes otherwise keep their stored form. Rules that cannot be read can be replaced, not combined with.
 */
export function importInto(
  id: ProfileId,
  stored: Profile | undefined,
  wanted: WantedImport,
): Result<ImportedInto, EditError> {
  const edits = rulesEdit(stored, wanted);
  if (!edits.ok) return edits;
  const before = stored ?? newProfile(id);
  const all = [...edits.value, ...tagsEdit(before, wanted.tags)];
  const applied = applyEdits(before, all);
  return applied.ok ? ok({ after: applied.value, edits: all }) : err(applied.error.error);
}

/** What becomes of every rule of one direction when nothing is declined. */
export function changesOf(
  stored: Profile | undefined,
  { rules, modes }: WantedImport,
  direction: Direction,
): readonly RuleChange[] {
  const before = storedRules(stored);
  if (rules === undefined) return ruleChanges(before[direction], before[direction]);
  return ruleChanges(before[direction], combined(before, rules, modes)[direction]);
}

function rulesEdit(stored: Profile | undefined, wanted: WantedImport): Result<readonly ProfileEdit[], EditError> {
  const { rules, modes, declined } = wanted;
  if (rules === undefined) return ok([]);
  const isWhole = modes.inbound === "replace" && modes.outbound === "replace" && !isAnyDeclined(declined);
  if (stored?.rules.kind === "invalid" && !isWhole) return err({ kind: "stored-invalid", leaf: "rules" });
  const before = storedRules(stored);
  const after = combined(before, rules, modes);
  const list = (direction: Direction) => {
    const left = new Set(declined?.[direction]);
    if (left.size === 0) return after[direction];
    return acceptChanges(ruleChanges(before[direction], after[direction]), (_, index) => left.has(index));
  };
  const edit = { kind: "replace-rules", inbound: list("inbound"), outbound: list("outbound") } as const;
  const isSame = stored?.rules.kind === "valid" && isSameList(before, edit);
  return ok(isSame ? [] : [edit]);
}

function tagsEdit({ tags }: Profile, wanted: readonly Tag[] | undefined): readonly ProfileEdit[] {
  if (wanted === undefined) return [];
  const isSame = tags.kind === "valid" && JSON.stringify(tags.value) === JSON.stringify(wanted);
  return isSame ? [] : [{ kind: "replace-tags", tags: wanted }];
}

function isAnyDeclined(declined: DeclinedChanges | undefined): boolean {
  return declined !== undefined && declined.inbound.length + declined.outbound.length > 0;
}

function combined(before: ProfileRules, rules: ProfileRules, modes: CombineModes): ProfileRules {
  const { inbound, outbound } = combineRules(before, rules, modes);
  return { inbound: asStored(before.inbound, inbound), outbound: asStored(before.outbound, outbound) };
}

/** A rule that is stored already is not written in another form: nobody asked for that. */
function asStored(before: readonly Rule[], after: readonly Rule[]): readonly Rule[] {
  const known = new Map<string, Rule[]>();
  for (const rule of before) {
    const key = canonicalKey(rule);
    const same = known.get(key);
    if (same === undefined) known.set(key, [rule]);
    else same.push(rule);
  }
  return after.map((rule) => known.get(canonicalKey(rule))?.shift() ?? rule);
}

function isSameList(before: ProfileRules, after: ProfileRules): boolean {
  const isSame = (a: readonly Rule[], b: readonly Rule[]) =>
    a.length === b.length && a.every((rule, i) => rule === b[i]);
  return isSame(before.inbound, after.inbound) && isSame(before.outbound, after.outbound);
}

const NO_RULES: ProfileRules = { inbound: [], outbound: [] };

function storedRules(stored: Profile | undefined): ProfileRules {
  return stored?.rules.kind === "valid" ? stored.rules.value : NO_RULES;
}
