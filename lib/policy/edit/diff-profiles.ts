import { equalRules } from "#policy/canonical-rule.ts";
import { applyEdits } from "#policy/edit/apply-edit.ts";
import { diffRuleList } from "#policy/edit/diff-rule-list.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { Leaf, Profile, ProfileRules } from "#policy/profile.ts";
import type { Rule } from "#policy/rule.ts";
import { EMPTY_SIDECAR } from "#policy/sidecar/sidecar.ts";
import { formatSidecarValue } from "#policy/sidecar/sidecar-value.ts";
import type { Tag } from "#policy/tag.ts";

const DIRECTIONS = ["inbound", "outbound"] as const;

/**
 * The edits that lead from one profile to the other: moves recognised, as few as there can be, unknown top-level keys
 * left alone. applyEdits(before, edits) gives `after`, where it is valid; what is missing or invalid in `after` cannot
 * be reached by edits and is left as it was.
 */
export function diffProfiles(before: Profile, after: Profile): readonly ProfileEdit[] {
  const edits = [...diffTags(before.tags, after.tags), ...diffRules(before.rules, after.rules)];
  return [...edits, ...diffSidecar(before, after, edits)];
}

/**
 * Comments follow their rules by themselves; what then still differs is put there as a whole. A sidecar that is absent
 * is not spoken of; one that is missing is known to be nothing.
 */
function diffSidecar(before: Profile, after: Profile, edits: readonly ProfileEdit[]): readonly ProfileEdit[] {
  if (after.sidecar === undefined || after.sidecar.kind === "invalid") return [];
  const wanted = after.sidecar.kind === "valid" ? after.sidecar.value : EMPTY_SIDECAR;
  const reached = applyEdits(before, edits);
  const sidecar = reached.ok && reached.value.sidecar?.kind === "valid" ? reached.value.sidecar.value : EMPTY_SIDECAR;
  const isReached = formatSidecarValue(sidecar) === formatSidecarValue(wanted);
  return isReached ? [] : [{ kind: "replace-sidecar", sidecar: wanted }];
}

function diffTags(before: Leaf<readonly Tag[]>, after: Leaf<readonly Tag[]>): readonly ProfileEdit[] {
  if (after.kind !== "valid") return [];
  if (before.kind === "valid") {
    const edits = tagEdits(before.value, after.value);
    if (edits !== undefined) return edits;
  }
  return [{ kind: "replace-tags", tags: after.value }];
}

/** Removals, then additions at the end; nothing when that cannot give the wanted order. */
function tagEdits(before: readonly Tag[], after: readonly Tag[]): readonly ProfileEdit[] | undefined {
  const wanted = new Set(after);
  const held = new Set(before);
  const kept = before.filter((tag) => wanted.has(tag));
  const added = after.filter((tag) => !held.has(tag));
  const isReached = sameItems([...kept, ...added], after) && new Set(added).size === added.length;
  if (!isReached) return undefined;
  const removed = [...held].filter((tag) => !wanted.has(tag));
  return [
    ...removed.map((tag) => ({ kind: "remove-tag", tag }) as const),
    ...added.map((tag) => ({ kind: "add-tag", tag }) as const),
  ];
}

function diffRules(before: Leaf<ProfileRules>, after: Leaf<ProfileRules>): readonly ProfileEdit[] {
  if (after.kind !== "valid") return [];
  const { inbound, outbound } = after.value;
  const replaceAll: ProfileEdit = { kind: "replace-rules", inbound, outbound };
  if (before.kind !== "valid") return [replaceAll];
  const edits = DIRECTIONS.flatMap((direction) =>
    diffRuleList(before.value[direction], after.value[direction]).map((edit): ProfileEdit => ({ ...edit, direction })),
  );
  const isRefused = edits.some(
    (edit) => edit.kind === "insert-rule" && hasTwice(after.value[edit.direction], edit.rule),
  );
  return isRefused ? [replaceAll] : edits;
}

/** Inserting refuses a rule equal to one that is there, so a list that holds equal rules is replaced as a whole. */
function hasTwice(rules: readonly Rule[], rule: Rule): boolean {
  return rules.filter((one) => equalRules(one, rule)).length > 1;
}

function sameItems(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
