import { canonicalKey } from "#policy/canonical-rule.ts";
import { applyEdit } from "#policy/edit/apply-edit.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { Leaf, Profile, ProfileRules } from "#policy/profile.ts";
import type { Direction, Rule } from "#policy/rule.ts";
import { assertNever } from "#prelude/assert-never.ts";

/**
 * Edits speak of positions, and positions mean something only in the list they were made on. To repeat them on a newer
 * list each rule gets an identity (its content and which of equal rules it is), the edits are replayed on the old list
 * to learn which rules they are about, and positions are looked up anew in the newer list. An edit whose rule is gone
 * is not guessed at: it is handed back.
 */
export type Rebased = {
  /** Positions are those of the newer profile. */
  readonly edits: readonly ProfileEdit[];
  /** What could not be repeated because someone else changed or removed the rule it is about. */
  readonly lost: readonly ProfileEdit[];
};

type Token = string;
type Lists = Record<Direction, Token[]>;
type Walk = { readonly mine: Lists; readonly theirs: Lists; readonly newToken: () => Token };

/** Rewrites edits made on `base` so that they say the same on `theirs`; what is already so there needs no edit. */
export function rebaseEdits(base: Profile, theirs: Profile, edits: readonly ProfileEdit[]): Rebased {
  let made = 0;
  const newToken = () => `mine ${made++}`;
  const mine = tokensOf(base);
  let newest = { profile: theirs, lists: tokensOf(theirs) };
  const kept: ProfileEdit[] = [];
  const lost: ProfileEdit[] = [];
  for (const edit of edits) {
    const lists = { inbound: [...newest.lists.inbound], outbound: [...newest.lists.outbound] };
    const rebased = rebaseEdit({ mine, theirs: lists, newToken }, edit);
    const applied = rebased === "lost" ? undefined : applyEdit(newest.profile, rebased);
    if (rebased !== "lost" && applied?.ok) {
      kept.push(rebased);
      newest = { profile: applied.value, lists };
    } else if (applied === undefined || !ALREADY_SO.has(applied.ok ? "" : applied.error.kind)) {
      lost.push(edit);
    }
  }
  return { edits: kept, lost };
}

/** Refusals that mean that the other person did the same. */
const ALREADY_SO: ReadonlySet<string> = new Set(["rule-already-present", "tag-already-held", "tag-not-held"]);

function rebaseEdit(walk: Walk, edit: ProfileEdit): ProfileEdit | "lost" {
  switch (edit.kind) {
    case "insert-rule":
      return rebaseInsert(walk, edit);
    case "restore-rule":
      return rebaseInsert(walk, edit);
    case "remove-rule":
    case "replace-rule":
    case "park-rule":
    case "comment-rule":
      return rebaseAt(walk, edit);
    case "move-rule":
      return rebaseMove(walk, edit);
    case "remove-equal":
      return rebaseRemoveEqual(walk, edit);
    case "replace-rules":
      resetTo(walk, edit);
      return edit;
    case "add-tag":
    case "remove-tag":
    case "replace-tags":
    case "remove-parked":
    case "comment-parked":
    case "replace-sidecar":
      return edit;
    default:
      return assertNever(edit);
  }
}

function rebaseInsert(
  { mine, theirs, newToken }: Walk,
  edit: Extract<ProfileEdit, { kind: "insert-rule" | "restore-rule" }>,
) {
  const [ours, newer] = [mine[edit.direction], theirs[edit.direction]];
  const token = newToken();
  const at = edit.at === undefined ? ours.length : edit.at - 1;
  const place = edit.at === undefined || at >= ours.length ? newer.length : placeAfter(ours, at, newer);
  ours.splice(at, 0, token);
  newer.splice(place, 0, token);
  return { ...edit, at: place + 1 };
}

type EditAt = Extract<ProfileEdit, { kind: "remove-rule" | "replace-rule" | "park-rule" | "comment-rule" }>;

function rebaseAt({ mine, theirs }: Walk, edit: EditAt) {
  const [ours, newer] = [mine[edit.direction], theirs[edit.direction]];
  const token = ours[edit.at - 1];
  const place = token === undefined ? -1 : newer.indexOf(token);
  if (edit.kind === "remove-rule" || edit.kind === "park-rule") {
    ours.splice(edit.at - 1, 1);
    if (place >= 0) newer.splice(place, 1);
  }
  return place < 0 ? "lost" : { ...edit, at: place + 1 };
}

function rebaseMove({ mine, theirs }: Walk, edit: Extract<ProfileEdit, { kind: "move-rule" }>) {
  const [ours, newer] = [mine[edit.direction], theirs[edit.direction]];
  const [token] = ours.splice(edit.from - 1, 1);
  if (token === undefined) return "lost";
  const from = newer.indexOf(token);
  if (from >= 0) newer.splice(from, 1);
  const isToEnd = edit.to - 1 >= ours.length;
  const to = isToEnd ? newer.length : placeAfter(ours, edit.to - 1, newer);
  ours.splice(edit.to - 1, 0, token);
  if (from < 0) return "lost";
  newer.splice(to, 0, token);
  return { ...edit, from: from + 1, to: to + 1 };
}

function rebaseRemoveEqual({ mine, theirs }: Walk, edit: Extract<ProfileEdit, { kind: "remove-equal" }>) {
  const wanted = `${canonicalKey(edit.rule)} 0`;
  const forget = (list: Token[]) => {
    const index = list.indexOf(wanted);
    if (index >= 0) list.splice(index, 1);
    return index >= 0;
  };
  forget(mine[edit.direction]);
  return forget(theirs[edit.direction]) ? edit : "lost";
}

function resetTo({ mine, theirs, newToken }: Walk, edit: Extract<ProfileEdit, { kind: "replace-rules" }>): void {
  for (const direction of ["inbound", "outbound"] as const) {
    const tokens = edit[direction].map(newToken);
    mine[direction].splice(0, mine[direction].length, ...tokens);
    theirs[direction].splice(0, theirs[direction].length, ...tokens);
  }
}

/** Where in `newer` a place of `ours` is: behind the nearest rule before it that both have, else at the top. */
function placeAfter(ours: readonly Token[], at: number, newer: readonly Token[]): number {
  for (let index = Math.min(at, ours.length) - 1; index >= 0; index -= 1) {
    const token = ours[index];
    const found = token === undefined ? -1 : newer.indexOf(token);
    if (found >= 0) return found + 1;
  }
  return 0;
}

function tokensOf({ rules }: Profile): Lists {
  return { inbound: listTokens(rules, "inbound"), outbound: listTokens(rules, "outbound") };
}

function listTokens(rules: Leaf<ProfileRules>, direction: Direction): Token[] {
  if (rules.kind !== "valid") return [];
  const seen = new Map<string, number>();
  return rules.value[direction].map((rule: Rule) => {
    const key = canonicalKey(rule);
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return `${key} ${count}`;
  });
}
