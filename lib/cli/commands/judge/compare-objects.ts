import { describeEdit } from "#policy/edit/describe-edit.ts";
import { diffProfiles } from "#policy/edit/diff-profiles.ts";
import type { Leaf, Profile } from "#policy/profile.ts";
import type { Snapshot } from "#policy/snapshot.ts";

/** One object that is not the same in two states. */
export type ObjectChange = {
  readonly kind: "profile" | "endpoint" | "config" | "host";
  readonly name: string;
  readonly change: "added" | "removed" | "changed";
  /** What changed in it, in words. */
  readonly details: readonly string[];
};

/** Every object that differs: profiles with their edits, then endpoints, hosts and settings, each by name. */
export function compareObjects(before: Snapshot, after: Snapshot): readonly ObjectChange[] {
  return [
    ...compare("profile", [before.profiles, after.profiles], profileDetails),
    ...compare("endpoint", [before.endpoints, after.endpoints], (old, next) => textDetails(old.value, next.value)),
    ...compare("host", [before.hosts, after.hosts], (old, next) => [
      ...fieldDetails("ip", old.ip, next.ip),
      ...mapDetails(old.config, next.config),
    ]),
    ...compare("config", [before.config, after.config], (old, next) => fieldDetails("value", old, next)),
  ];
}

type Details<T> = (before: T, after: T) => readonly string[];

function compare<T>(
  kind: ObjectChange["kind"],
  [before, after]: readonly [ReadonlyMap<string, T>, ReadonlyMap<string, T>],
  detailsOf: Details<T>,
): readonly ObjectChange[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((name): readonly ObjectChange[] => {
    const [old, next] = [before.get(name), after.get(name)];
    if (old === undefined) return [{ kind, name, change: "added", details: [] }];
    if (next === undefined) return [{ kind, name, change: "removed", details: [] }];
    const details = detailsOf(old, next);
    return details.length === 0 ? [] : [{ kind, name, change: "changed", details }];
  });
}

function profileDetails(before: Profile, after: Profile): readonly string[] {
  return [
    ...diffProfiles(before, after).map(describeEdit),
    ...kindDetails("tags", before.tags, after.tags),
    ...kindDetails("rules", before.rules, after.rules),
  ];
}

/** Edits cannot say that a value went missing or became invalid. */
function kindDetails(what: string, before: Leaf<unknown>, after: Leaf<unknown>): readonly string[] {
  if (after.kind === "valid" || (before.kind === after.kind && textOf(before) === textOf(after))) return [];
  return [`The ${what} are ${after.kind} now`];
}

function textDetails(before: Leaf<{ readonly stored: unknown }>, after: Leaf<{ readonly stored: unknown }>) {
  const [old, next] = [fieldsOf(before), fieldsOf(after)];
  if (old === undefined || next === undefined)
    return textOf(before) === textOf(after) ? [] : [`It is ${after.kind} now`];
  return mapDetails(old, next);
}

function fieldsOf(leaf: Leaf<{ readonly stored: unknown }>): ReadonlyMap<string, string> | undefined {
  if (leaf.kind !== "valid") return undefined;
  return new Map(Object.entries(leaf.value.stored ?? {}).map(([field, value]) => [field, JSON.stringify(value)]));
}

function textOf(leaf: Leaf<unknown>): string {
  return leaf.kind === "invalid" ? leaf.text : leaf.kind;
}

function mapDetails(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((name) => fieldDetails(name, before.get(name), after.get(name)));
}

function fieldDetails(name: string, before: string | undefined, after: string | undefined): readonly string[] {
  return before === after ? [] : [`${name}: ${before ?? "absent"} becomes ${after ?? "absent"}`];
}
