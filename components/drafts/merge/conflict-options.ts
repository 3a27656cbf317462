import type { MergeChoice, MergeConflict } from "#policy/merge/profile-merge.ts";
import type { Rule } from "#policy/rule.ts";
import type { DraftEffect } from "../draft-effect.ts";

/** One way to end a conflict, without what only a person can write. */
export type ConflictOption = {
  readonly kind: "theirs" | "yours" | "both";
  /** The rules it leaves; none when it removes the rule. */
  readonly rules: readonly Rule[];
};

/** The ways to end a conflict, in the order of their keys. */
export function conflictOptions(conflict: MergeConflict): readonly ConflictOption[] {
  if (conflict.kind === "rules") return [option("theirs", []), option("yours", [])];
  if (conflict.kind === "order") return [option("theirs", conflict.theirs), option("yours", conflict.yours)];
  const { theirs, yours } = conflict;
  const options = [option("theirs", theirs ? [theirs] : []), option("yours", yours ? [yours] : [])];
  return theirs && yours ? [...options, option("both", [theirs, yours])] : options;
}

/** The option that lets the least through: it opens the fewest pairs, then closes the most; yours when equal. */
export function narrowestOption(
  options: readonly ConflictOption[],
  effectOf: (option: ConflictOption) => DraftEffect | undefined,
): MergeChoice | undefined {
  let best: { readonly kind: ConflictOption["kind"]; readonly opens: number; readonly closes: number } | undefined;
  for (const each of options) {
    const effect = effectOf(each);
    if (effect === undefined) return undefined;
    const [opens, closes] = [effect.opens.length, effect.closes.length];
    const isTie = best !== undefined && opens === best.opens && closes === best.closes;
    const isNarrower = best === undefined || opens < best.opens || (opens === best.opens && closes > best.closes);
    if (isNarrower || (isTie && each.kind === "yours")) best = { kind: each.kind, opens, closes };
  }
  return best && { kind: best.kind };
}

function option(kind: ConflictOption["kind"], rules: readonly Rule[]): ConflictOption {
  return { kind, rules };
}
