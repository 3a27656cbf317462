/*
 * May a change edit live sets where they are, or must it fill other ones and switch all rules in one COMMIT? (I5)
 *
 * While members come and go one by one, a packet may be judged by any mixture of the old and the new look-ups. It must
 * get a verdict that the old or the new state gives it. That is certain
 *   - when everything that changes pushes to the same side: each step only opens, or each only closes, so every mixture
 *     lies between the two states; or
 *   - when no rule changes and any packet meets at most one changed look-up.
 * Everything else is replaced. This is cautious: some changes that would be harmless are replaced too.
 */
import type { KernelLine, KernelTable } from "#dataplane/plan/kernel-state.ts";
import type { SetChange } from "#dataplane/plan/plan-sets.ts";
import type { EditedChain } from "#dataplane/plan/plan-table.ts";

/** What a change does to the packets that pass: `open` lets more pass, `close` fewer, `mixed` may do either. */
export type Push = "none" | "open" | "close" | "mixed";

export type LiveChange = {
  readonly sets: readonly SetChange[];
  readonly rules: Push;
  /** Every line that names a set, before or after the change. */
  readonly lines: readonly KernelLine[];
};

/** True when the sets may be edited one member at a time (see the head of this file). */
export function canEditInPlace({ sets, rules, lines }: LiveChange): boolean {
  const roles = rolesOf(lines);
  const flips = sets.flatMap((change) => flipsOf(change, roles.get(change.name)));
  if (flips.length === 0) return true;
  const pushes = new Set<Push>([...flips.map(({ push }) => push), ...(rules === "none" ? [] : [rules])]);
  if (pushes.size === 1 && !pushes.has("mixed")) return true;
  if (rules !== "none") return false;
  const memberships = sets.reduce((count, { added, removed }) => count + added.length + removed.length, 0);
  return memberships === 1 || meetsAtMostOneSide(flips);
}

type Role = { readonly sides: Set<"src" | "dst">; pushWhenAdded: Push };
type Flip = { readonly side: "src" | "dst"; readonly member: string; readonly push: Push };

function rolesOf(lines: readonly KernelLine[]): ReadonlyMap<string, Role> {
  const roles = new Map<string, Role>();
  for (const line of lines) {
    for (const { set, side, negated } of line.uses) {
      const role = roles.get(set) ?? { sides: new Set(), pushWhenAdded: "none" };
      role.sides.add(side);
      role.pushWhenAdded = join(role.pushWhenAdded, negated ? opposite(pushOf(line)) : pushOf(line));
      roles.set(set, role);
    }
  }
  return roles;
}

/** What it does when this line matches more packets. */
function pushOf({ effect }: KernelLine): Push {
  if (effect === "accept") return "open";
  if (effect === "drop") return "close";
  return effect === "log" ? "none" : "mixed";
}

function flipsOf({ added, removed }: SetChange, role: Role | undefined): readonly Flip[] {
  if (role === undefined || role.pushWhenAdded === "none") return [];
  const { sides, pushWhenAdded } = role;
  return [...sides].flatMap((side) => [
    ...added.map((member) => ({ side, member, push: pushWhenAdded })),
    ...removed.map((member) => ({ side, member, push: opposite(pushWhenAdded) })),
  ]);
}

/** A packet has one source and one destination: with changes on one side only, it meets those of one address. */
function meetsAtMostOneSide(flips: readonly Flip[]): boolean {
  if (new Set(flips.map(({ side }) => side)).size > 1) return false;
  const byMember = new Map<string, Flip[]>();
  for (const flip of flips) {
    const same = byMember.get(flip.member);
    if (same) same.push(flip);
    else byMember.set(flip.member, [flip]);
  }
  return [...byMember.values()].every((same) => {
    const pushes = new Set(same.map(({ push }) => push));
    return same.length === 1 || (pushes.size === 1 && !pushes.has("mixed"));
  });
}

/**
 * What edits of live chains do. Only the dispatch tree is understood: lines put in lead to endpoints that were closed,
 * lines taken out close them.
 */
export function pushOfEdits(edited: readonly EditedChain[], hasHookEdits: boolean): Push {
  if (hasHookEdits) return "mixed";
  return edited.map(pushOfEdit).reduce(join, "none");
}

function pushOfEdit({ chain, before, after }: EditedChain): Push {
  if (!/^tortie-(from|to)(-|$)/.test(chain)) return "mixed";
  const beforeKeys = new Set(before.map(({ key }) => key));
  const afterKeys = new Set(after.map(({ key }) => key));
  const gone = before.filter(({ key }) => !afterKeys.has(key));
  const come = after.filter(({ key }) => !beforeKeys.has(key));
  if (gone.length > 0 === come.length > 0 || gone.some(({ isOurs }) => !isOurs)) return "mixed";
  return come.length > 0 ? "open" : "close";
}

/** The lines of a table that name sets. */
export function linesNamingSets(table: KernelTable): readonly KernelLine[] {
  return [...table.values()].flatMap((lines) => lines.filter(({ uses }) => uses.length > 0));
}

function join(a: Push, b: Push): Push {
  if (a === "none" || a === b) return b;
  return b === "none" ? a : "mixed";
}

function opposite(push: Push): Push {
  if (push === "open") return "close";
  return push === "close" ? "open" : push;
}
