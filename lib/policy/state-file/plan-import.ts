import type { Endpoint, EndpointKey } from "#policy/endpoint.ts";
import { formatEndpointValue } from "#policy/endpoint-value.ts";
import type { Issue, IssuePath } from "#policy/issue.ts";
import { parseStrictRules } from "#policy/json/parse-strict-rules.ts";
import { formatEndpointKey, parsePolicyKey, profileRulesKey } from "#policy/layout/policy-key.ts";
import type { Leaf, Profile } from "#policy/profile.ts";
import { formatRulesValue } from "#policy/rules-value.ts";
import type { Snapshot, StoredEntry } from "#policy/snapshot.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { stateEndpointNames } from "#policy/state-file/state-keys.ts";
import { formatTagsValue } from "#policy/tags-value.ts";

/** One object that an import writes; `before` is absent where it did not exist. */
export type StateChange =
  | { readonly kind: "profile"; readonly before?: Profile; readonly after: Profile }
  | { readonly kind: "endpoint"; readonly key: EndpointKey; readonly isNew: boolean; readonly after: Endpoint }
  | { readonly kind: "setting"; readonly key: string; readonly before?: string; readonly after: string };

export type ImportPlan = { readonly changes: readonly StateChange[]; readonly issues: readonly Issue[] };

/** What a state file would change, and everything in it that may not be written. Decides; touches nothing. */
export function planImport(entries: readonly StoredEntry[], stored: Snapshot): ImportPlan {
  const wanted = snapshotFromEntries(entries);
  const textByKey = new Map(entries.map(({ key, value }) => [key, value]));
  const profiles = planProfiles(wanted, stored, textByKey);
  const endpoints = planEndpoints(wanted, stored);
  const badIds = [...(wanted.malformedKeys?.values() ?? [])].map(
    (found): Issue => ({ kind: "bad-name", what: "profile id", found, path: ["profiles", found] }),
  );
  return {
    changes: [...profiles.changes, ...endpoints.changes, ...planSettings(textByKey, stored)],
    issues: [
      ...new Map(badIds.map((issue) => [issue.path.join(), issue])).values(),
      ...profiles.issues,
      ...endpoints.issues,
    ],
  };
}

function planProfiles(wanted: Snapshot, stored: Snapshot, textByKey: ReadonlyMap<string, string>): ImportPlan {
  const changes: StateChange[] = [];
  const issues: Issue[] = [];
  for (const after of wanted.profiles.values()) {
    const before = stored.profiles.get(after.id);
    const isSameRules = leafText(before?.rules, formatRulesValue) === leafText(after.rules, formatRulesValue);
    const isSameTags = leafText(before?.tags, formatTagsValue) === leafText(after.tags, formatTagsValue);
    if (before !== undefined && isSameRules && isSameTags) continue;
    const path = ["profiles", after.id];
    // What is stored already in this form is not written, so nobody has to approve it.
    if (!isSameTags) issues.push(...leafIssues(after.tags, [...path, "tags"]));
    if (!isSameRules) issues.push(...rulesIssues(after, textByKey.get(profileRulesKey(after.id)), [...path, "rules"]));
    changes.push({ kind: "profile", ...(before === undefined ? {} : { before }), after });
  }
  return { changes, issues };
}

function rulesIssues({ id, rules }: Profile, text: string | undefined, path: IssuePath): readonly Issue[] {
  if (rules.kind !== "valid" || text === undefined) return leafIssues(rules, path);
  return under(path, parseStrictRules(JSON.parse(text), id).issues);
}

function planEndpoints(wanted: Snapshot, stored: Snapshot): ImportPlan {
  const changes: StateChange[] = [];
  const issues: Issue[] = [];
  const names = stateEndpointNames([...wanted.endpoints.values()].map(({ key }) => key));
  for (const [text, { key, value }] of wanted.endpoints) {
    const before = stored.endpoints.get(text);
    if (leafText(before?.value, formatEndpointValue) === leafText(value, formatEndpointValue)) continue;
    issues.push(...leafIssues(value, ["endpoints", names.get(formatEndpointKey(key)) ?? text]));
    if (value.kind === "valid")
      changes.push({ kind: "endpoint", key, isNew: before === undefined, after: value.value });
  }
  return { changes, issues };
}

const SETTING_KINDS: readonly string[] = ["ready", "config", "host-config", "host-ip"];

function planSettings(textByKey: ReadonlyMap<string, string>, stored: Snapshot): readonly StateChange[] {
  return [...textByKey].flatMap(([key, after]): readonly StateChange[] => {
    if (!SETTING_KINDS.includes(parsePolicyKey(key)?.kind ?? "")) return [];
    const before = storedSetting(stored, key);
    return before === after ? [] : [{ kind: "setting", key, ...(before === undefined ? {} : { before }), after }];
  });
}

function storedSetting(stored: Snapshot, text: string): string | undefined {
  const key = parsePolicyKey(text);
  switch (key?.kind) {
    case "ready":
      return stored.ready;
    case "config":
      return stored.config.get(key.name);
    case "host-config":
      return stored.hosts.get(key.host)?.config.get(key.name);
    case "host-ip":
      return stored.hosts.get(key.host)?.ip;
    default:
      return undefined;
  }
}

function leafText<T>(leaf: Leaf<T> | undefined, format: (value: T) => string): string | undefined {
  if (leaf === undefined || leaf.kind === "missing") return undefined;
  return leaf.kind === "valid" ? format(leaf.value) : leaf.text;
}

function leafIssues(leaf: Leaf<unknown>, path: IssuePath): readonly Issue[] {
  return leaf.kind === "invalid" ? under(path, leaf.issues) : [];
}

function under(path: IssuePath, issues: readonly Issue[]): readonly Issue[] {
  return issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
}
