import { canonicalKey, equalRules } from "#policy/canonical-rule.ts";
import { editRules, indexOfEqual, type RulesEdit } from "#policy/edit/edit-rules.ts";
import { pairRules } from "#policy/edit/pair-rules.ts";
import type { EditError, SidecarEdit } from "#policy/edit/profile-edit.ts";
import type { Profile, ProfileRules } from "#policy/profile.ts";
import type { Direction, Rule } from "#policy/rule.ts";
import { followRules } from "#policy/sidecar/follow-rules.ts";
import {
  EMPTY_SIDECAR,
  nameOf,
  type ParkedRule,
  parkedPlaces,
  ruleNames,
  type Sidecar,
  type SidecarList,
} from "#policy/sidecar/sidecar.ts";
import { assertNever } from "#prelude/assert-never.ts";
import { err, ok, type Result } from "#prelude/result.ts";

const DIRECTIONS: readonly Direction[] = ["inbound", "outbound"];

/** What is beside the rules after an edit of them: nothing to say where nothing readable is beside them. */
export function followEdit(
  { rules, sidecar }: Profile,
  edit: RulesEdit,
  after: ProfileRules,
): { readonly sidecar?: { readonly kind: "valid"; readonly value: Sidecar } } {
  if (sidecar?.kind !== "valid" || rules.kind !== "valid") return {};
  let value = sidecar.value;
  for (const direction of DIRECTIONS) {
    const before = rules.value[direction];
    if (after[direction] === before) continue;
    const isWhole = edit.kind === "replace-rules";
    const sources = isWhole ? pairRules(before, after[direction]).sources : sourcesOf(edit, before);
    const change = { before, after: after[direction], sources, forgets: !isWhole };
    value = { ...value, [direction]: followRules(value[direction], change) };
  }
  return { sidecar: { kind: "valid", value } };
}

/** The edit done to the indexes instead of the rules. */
function sourcesOf(
  edit: Exclude<RulesEdit, { kind: "replace-rules" }>,
  before: readonly Rule[],
): readonly (number | undefined)[] {
  const indexes = before.map((_, index) => index);
  switch (edit.kind) {
    case "insert-rule":
      return (indexes as (number | undefined)[]).toSpliced((edit.at ?? before.length + 1) - 1, 0, undefined);
    case "remove-rule":
      return indexes.toSpliced(edit.at - 1, 1);
    case "remove-equal":
      return indexes.toSpliced(indexOfEqual(before, edit.rule), 1);
    case "replace-rule":
      return indexes;
    case "move-rule":
      return indexes.toSpliced(edit.from - 1, 1).toSpliced(edit.to - 1, 0, edit.from - 1);
    default:
      return assertNever(edit);
  }
}

/** The profile after an edit of what is beside its rules; parking and restoring change the rules too. */
export function editSidecar(profile: Profile, edit: SidecarEdit): Result<Profile, EditError> {
  if (edit.kind === "replace-sidecar") return ok({ ...profile, sidecar: { kind: "valid", value: edit.sidecar } });
  if (profile.rules.kind === "invalid") return err({ kind: "stored-invalid", leaf: "rules" });
  if (profile.sidecar?.kind === "invalid") return err({ kind: "stored-invalid", leaf: "sidecar" });
  const rules = profile.rules.kind === "valid" ? profile.rules.value : { inbound: [], outbound: [] };
  const sidecar = profile.sidecar?.kind === "valid" ? profile.sidecar.value : EMPTY_SIDECAR;
  const beside = { rules: rules[edit.direction], list: sidecar[edit.direction] };
  const edited = editBeside(beside, edit);
  if (!edited.ok) return edited;
  const isSame = edited.value.rules === beside.rules;
  return ok({
    ...profile,
    ...(isSame ? {} : { rules: { kind: "valid", value: { ...rules, [edit.direction]: edited.value.rules } } }),
    sidecar: { kind: "valid", value: { ...sidecar, [edit.direction]: edited.value.list } },
  });
}

/** One list of rules and what is beside it. */
type Beside = { readonly rules: readonly Rule[]; readonly list: SidecarList };
type BesideEdit = Exclude<SidecarEdit, { kind: "replace-sidecar" }>;

function editBeside(beside: Beside, edit: BesideEdit): Result<Beside, EditError> {
  switch (edit.kind) {
    case "park-rule":
      return parkRule(beside, edit);
    case "restore-rule":
      return restoreRule(beside, edit);
    case "comment-rule":
      return commentRule(beside, edit.at, edit.text);
    case "remove-parked":
      return changeParked(beside, edit.rule, () => []);
    case "comment-parked":
      return changeParked(beside, edit.rule, ({ comment: _comment, ...one }) => [
        { ...one, ...(edit.text !== "" && { comment: edit.text }) },
      ]);
    default:
      return assertNever(edit);
  }
}

function parkRule(before: Beside, { direction, at }: { readonly direction: Direction; readonly at: number }) {
  const rule = before.rules[at - 1];
  const removal = { kind: "remove-rule", direction, at } as const;
  const after = changeList(before, removal);
  if (!after.ok || rule === undefined) return after;
  const comment = commentAt(before, at);
  const anchor = before.rules[at - 2];
  const parked: ParkedRule = {
    rule,
    behind: at - 1,
    ...(anchor !== undefined && { after: anchor }),
    ...(comment !== undefined && { comment }),
  };
  const places = parkedPlaces(before.rules, before.list);
  const earlier = places.filter((place) => place < at).length;
  const { rules, list } = after.value;
  return ok({ rules, list: { ...list, parked: list.parked.toSpliced(earlier, 0, parked) } });
}

function restoreRule(
  before: Beside,
  { direction, rule, at }: Extract<BesideEdit, { kind: "restore-rule" }>,
): Result<Beside, EditError> {
  const index = indexOfParked(before, rule);
  const parked = before.list.parked[index];
  if (parked === undefined) return err({ kind: "rule-not-found" });
  const rest = { ...before.list, parked: before.list.parked.toSpliced(index, 1) };
  const after = changeList({ rules: before.rules, list: rest }, { kind: "insert-rule", direction, rule, at });
  if (!after.ok) return after;
  // Of the rules parked at the same place those behind it stay behind it.
  const { rules, list } = after.value;
  const moved = list.parked.map((one, place) =>
    place >= index && one.behind === at - 1 ? { ...one, behind: at, after: rule } : one,
  );
  const restored: Beside = { rules, list: { ...list, parked: moved } };
  return parked.comment === undefined ? ok(restored) : commentRule(restored, at, parked.comment);
}

/** Changes the rules and lets what is beside them follow. */
function changeList(
  { rules, list }: Beside,
  edit: Extract<RulesEdit, { kind: "remove-rule" | "insert-rule" }>,
): Result<Beside, EditError> {
  const whole = { inbound: rules, outbound: rules };
  const edited = editRules({ kind: "valid", value: whole }, edit);
  if (!edited.ok) return edited;
  const after = edited.value[edit.direction];
  const change = { before: rules, after, sources: sourcesOf(edit, rules), forgets: true };
  return ok({ rules: after, list: followRules(list, change) });
}

function commentAt({ rules, list }: Beside, at: number): string | undefined {
  const name = ruleNames(rules)[at - 1];
  return list.comments.find((comment) => nameOf(comment) === name)?.text;
}

function commentRule({ rules, list }: Beside, at: number, text: string): Result<Beside, EditError> {
  const rule = rules[at - 1];
  if (rule === undefined) return err({ kind: "position-out-of-range", position: at, ruleCount: rules.length });
  const key = canonicalKey(rule);
  const nth = rules.slice(0, at).filter((one) => canonicalKey(one) === key).length;
  const name = nameOf({ rule, nth });
  const others = list.comments.filter((comment) => nameOf(comment) !== name);
  const comments = text === "" ? others : [...others, { rule, ...(nth > 1 && { nth }), text }];
  return ok({ rules, list: { ...list, comments } });
}

function changeParked(
  { rules, list }: Beside,
  rule: Rule,
  change: (parked: ParkedRule) => readonly ParkedRule[],
): Result<Beside, EditError> {
  const index = indexOfParked({ rules, list }, rule);
  const parked = list.parked[index];
  if (parked === undefined) return err({ kind: "rule-not-found" });
  return ok({ rules, list: { ...list, parked: list.parked.toSpliced(index, 1, ...change(parked)) } });
}

function indexOfParked({ list }: Beside, rule: Rule): number {
  return list.parked.findIndex((parked) => equalRules(parked.rule, rule));
}
