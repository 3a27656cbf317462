import { describeFinding } from "#analysis/findings/describe-finding.ts";
import { findingChanges, type Judged } from "#analysis/impact/impact.ts";
import type { DraftEffect, EffectPair } from "#components/drafts/draft-effect.ts";
import { effectBetween } from "#components/reach/reach-effect.ts";
import type { CombineModes } from "#policy/edit/combine-rules.ts";
import { changeNames } from "#policy/import/accept-changes.ts";
import { changesOf, importInto, type WantedImport } from "#policy/import/import-into.ts";
import type { RuleChange } from "#policy/import/rule-change.ts";
import type { ImportPart } from "#policy/json/parse-import-json.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Direction } from "#policy/rule.ts";
import type { Tag } from "#policy/tag.ts";
import type { PartPlace } from "../import-state.ts";

/** One profile of one file, and everything a person decided about it. */
export type PartRequest = PartPlace & {
  readonly target: ProfileId;
  readonly modes: CombineModes;
  readonly takesTags: boolean;
  readonly declined: Readonly<Record<Direction, readonly string[]>>;
};

/** One row of the list of changes; `name` stays the same when others save. */
export type ShownChange = { readonly change: RuleChange; readonly name: string; readonly isDeclined: boolean };

/** What becomes of one direction of a profile; of a long list only the first rows, all of it counted. */
export type DirectionEffect = {
  readonly rows: readonly ShownChange[];
  readonly ruleCount: number;
  readonly changeCount: number;
  readonly acceptedCount: number;
  /** Places of the declined changes in the whole list: what the server is told. */
  readonly declined: readonly number[];
};

export type TagsEffect = {
  readonly held: readonly Tag[];
  readonly gained: readonly Tag[];
  readonly lost: readonly Tag[];
  /** The file says tags for this profile. */
  readonly inFile: readonly Tag[] | undefined;
};

/** What the import does to one profile. */
export type PartEffect = Pick<PartRequest, "key" | "part" | "modes"> & {
  readonly profileId: ProfileId;
  readonly isNew: boolean;
  /** Stored rules that cannot be read can be replaced, not combined with. */
  readonly isUnreadable: boolean;
  readonly isChanged: boolean;
  readonly inbound: DirectionEffect;
  readonly outbound: DirectionEffect;
  readonly tags: TagsEffect;
};

/** Everything an import does, on top of the policy as it is. */
export type ImportEffect = {
  readonly parts: readonly PartEffect[];
  readonly reach: DraftEffect;
  /** What a receiver now lets in and its sender still does not send. */
  readonly staysClosed: readonly EffectPair[];
  /** Absent where a list is too long to be gone through rule against rule. */
  readonly findings: FindingTexts | undefined;
};

export type FindingTexts = { readonly gained: readonly string[]; readonly lost: readonly string[] };

/** Findings compare every rule with every other of its list; beyond this nobody would wait for them. */
const MAX_REVIEWED_RULES = 1_000;

/** More rows than anyone reads one by one; the rest is counted. */
const MAX_ROWS = 100;

/** What the import does to each profile, and the profiles after it. */
export function partEffects(
  requests: readonly PartRequest[],
  partAt: (place: PartPlace) => ImportPart | undefined,
  profiles: ReadonlyMap<ProfileId, Profile>,
): { readonly parts: readonly PartEffect[]; readonly after: readonly Profile[] } {
  const parts: PartEffect[] = [];
  const after: Profile[] = [];
  for (const request of requests) {
    const part = partAt(request);
    if (part === undefined) continue;
    const stored = profiles.get(request.target);
    const made = partEffect(request, part, stored);
    parts.push(made.effect);
    if (made.after !== undefined) after.push(made.after);
  }
  return { parts, after };
}

/** The answer in words, between the policy as it is and as the import makes it. */
export function judgedEffect(before: Judged, after: Judged): Omit<ImportEffect, "parts" | "staysClosed"> {
  const isTooLong = [...after.snapshot.profiles.values()].some(
    ({ rules }) =>
      rules.kind === "valid" && Math.max(rules.value.inbound.length, rules.value.outbound.length) > MAX_REVIEWED_RULES,
  );
  return {
    reach: effectBetween(before.reach, after.reach),
    findings: isTooLong ? undefined : findingTexts(before, after),
  };
}

function findingTexts(before: Judged, after: Judged): FindingTexts {
  const { gained, lost } = findingChanges(before, after);
  return { gained: gained.map(describeFinding), lost: lost.map(describeFinding) };
}

function partEffect(request: PartRequest, { rules, tags }: ImportPart, stored: Profile | undefined) {
  const { key, part, target, modes, takesTags } = request;
  const wanted: WantedImport = { ...(rules && { rules }), ...(takesTags && tags && { tags }), modes };
  const [inbound, outbound] = (["inbound", "outbound"] as const).map((direction) =>
    directionEffect(changesOf(stored, wanted, direction), new Set(request.declined[direction])),
  );
  if (inbound === undefined || outbound === undefined) throw new Error("there are two directions");
  const declined = { inbound: inbound.declined, outbound: outbound.declined };
  const imported = importInto(target, stored, { ...wanted, declined });
  const after = imported.ok ? imported.value.after : stored;
  const effect: PartEffect = {
    ...{ key, part, modes, profileId: target, isNew: stored === undefined, inbound, outbound },
    isUnreadable: !imported.ok,
    isChanged: stored === undefined || (imported.ok && imported.value.edits.length > 0),
    tags: tagsEffect(stored, after, tags),
  };
  return { effect, after };
}

function directionEffect(changes: readonly RuleChange[], declinedNames: ReadonlySet<string>): DirectionEffect {
  const names = changeNames(changes);
  const rows = changes.map((change, index): ShownChange => {
    const name = names[index] ?? "";
    return { change, name, isDeclined: change.kind !== "kept" && declinedNames.has(name) };
  });
  const declined = rows.flatMap(({ isDeclined }, index) => (isDeclined ? [index] : []));
  const changeCount = changes.filter(({ kind }) => kind !== "kept").length;
  return {
    rows: rows.slice(0, MAX_ROWS),
    ruleCount: rows.length,
    changeCount,
    acceptedCount: changeCount - declined.length,
    declined,
  };
}

function tagsEffect(stored: Profile | undefined, after: Profile | undefined, inFile: TagsEffect["inFile"]): TagsEffect {
  const [old, held] = [tagsOf(stored), tagsOf(after)];
  return {
    held,
    gained: stored === undefined ? [] : held.filter((tag) => !old.includes(tag)),
    lost: old.filter((tag) => !held.includes(tag)),
    inFile,
  };
}

function tagsOf(profile: Profile | undefined): readonly Tag[] {
  return profile?.tags.kind === "valid" ? profile.tags.value : [];
}
