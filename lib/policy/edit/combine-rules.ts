import { canonicalKey } from "#policy/canonical-rule.ts";
import type { ProfileRules } from "#policy/profile.ts";
import type { Direction, Rule } from "#policy/rule.ts";

/** What becomes of one direction's rules when a file is imported; `keep` leaves them as they are. */
export type CombineMode = "replace" | "append" | "merge" | "keep";

export const COMBINE_MODES: readonly CombineMode[] = ["replace", "append", "merge", "keep"];

/** One choice per direction. */
export type CombineModes = Readonly<Record<Direction, CombineMode>>;

/** The rules a profile has after an import; equal rules (canonicalKey) are never stored twice by append or merge. */
export function combineRules(current: ProfileRules, imported: ProfileRules, modes: CombineModes): ProfileRules {
  return {
    ...current,
    inbound: combine(current.inbound, imported.inbound, modes.inbound),
    outbound: combine(current.outbound, imported.outbound, modes.outbound),
  };
}

function combine(current: readonly Rule[], imported: readonly Rule[], mode: CombineMode): readonly Rule[] {
  if (mode === "replace") return imported;
  if (mode === "append") return append(current, imported);
  if (mode === "merge") return merge(current, imported);
  return current;
}

/** What the profile has stays first and in order; new rules of the file follow. */
function append(current: readonly Rule[], imported: readonly Rule[]): readonly Rule[] {
  const present = new Set(current.map(canonicalKey));
  return [...current, ...imported.filter((rule) => !present.has(canonicalKey(rule)))];
}

/** The file's rules in the file's order; a rule only the profile has stays behind the rule it stood behind. */
function merge(current: readonly Rule[], imported: readonly Rule[]): readonly Rule[] {
  const merged = [...imported];
  const keys = imported.map(canonicalKey);
  let after = 0;
  for (const rule of current) {
    const key = canonicalKey(rule);
    const at = keys.indexOf(key);
    if (at >= 0) {
      after = at + 1;
      continue;
    }
    merged.splice(after, 0, rule);
    keys.splice(after, 0, key);
    after += 1;
  }
  return merged;
}
