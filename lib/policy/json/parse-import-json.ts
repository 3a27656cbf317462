import type { Issue, IssuePath } from "#policy/issue.ts";
import { locateIssues } from "#policy/json/locate-issues.ts";
import { parseStrictRules } from "#policy/json/parse-strict-rules.ts";
import { placedInOrder, readJsonText } from "#policy/json/read-json-text.ts";
import { countKeys } from "#policy/json/repeated-keys.ts";
import type { ProfileRules } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { fieldOf, isJsonObject, type JsonObject } from "#policy/rule-fields/json-object.ts";
import { RULES_KEYS } from "#policy/rule-fields/rule-fields.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { EMPTY_SNAPSHOT, snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import { planImport } from "#policy/state-file/plan-import.ts";
import type { Tag } from "#policy/tag.ts";

/** What a file may be: one rules object, several in a list, or a whole exported state. */
export type ImportShape = "rules" | "list" | "state";

/** What a file says of one profile. */
export type ImportPart = {
  /** Where it stands in the file. */
  readonly path: IssuePath;
  readonly id?: ProfileId;
  /** Absent for a profile of a state file that has tags only. */
  readonly rules?: ProfileRules;
  /** Only a state file has them. */
  readonly tags?: readonly Tag[];
};

/** What a state file holds beside profiles; an import of rules leaves it alone. */
export type LeftOut = { readonly endpoints: number; readonly hosts: number; readonly settings: number };

export type ImportJson = {
  readonly shape: ImportShape;
  /** Absent when there is any issue; of a state the values without one are there all the same. */
  readonly parts?: readonly ImportPart[];
  readonly leftOut?: LeftOut;
  /** What one rules object calls itself, also while it has issues. */
  readonly id?: ProfileId;
  /** In the order of the text, each with its line and column. */
  readonly issues: readonly Issue[];
};

export type ImportJsonOptions = {
  /** Absent: 5 MiB. */
  readonly maxBytes?: number;
  /** What a state file says of profiles as they are stored needs nobody's approval. Absent: nothing is stored. */
  readonly stored?: Snapshot;
};

const STATE_SECTIONS = ["profiles", "endpoints", "hosts"] as const;

/** Reads any file an import takes, as strictly as our doors are; never throws, and reports every problem where it stands. */
export function parseImportJson(text: string, options: ImportJsonOptions = {}): ImportJson {
  const json = readJsonText(text, options.maxBytes);
  if (!json.ok) return { shape: "rules", issues: json.error };
  const { value, readable, keyCount } = json.value;
  const found = readValue(value, options.stored ?? EMPTY_SNAPSHOT);
  // The places cost ten times the rest, so they are looked for only when one is needed.
  if (found.issues.length === 0 && keyCount === countKeys(value)) return found;
  const issues = placedInOrder(readable, locateIssues(readable, found.issues));
  // What is said twice cannot be taken in part: nobody knows which of the two is meant.
  if (found.parts !== undefined && issues.length === found.issues.length) return { ...found, issues };
  const { parts: _, ...rest } = found;
  return { ...rest, issues };
}

function readValue(value: unknown, stored: Snapshot): ImportJson {
  if (Array.isArray(value)) return readList(value);
  if (isStateObject(value)) return readState(value, stored);
  const { rules, id, issues } = parseStrictRules(value);
  const part = rules && { path: [], rules, ...(id !== undefined && { id }) };
  return { shape: "rules", ...(part && { parts: [part] }), ...(id !== undefined && { id }), issues };
}

/** Told by its sections; an object with a list of rules is one of rules, however else its keys are called. */
function isStateObject(value: unknown): value is JsonObject {
  if (!isJsonObject(value) || Object.hasOwn(value, "id")) return false;
  if (Object.values(RULES_KEYS).some((key) => Object.hasOwn(value, key))) return false;
  return STATE_SECTIONS.some((section) => Object.hasOwn(value, section));
}

function readList(list: readonly unknown[]): ImportJson {
  const issues: Issue[] = [];
  const parts: ImportPart[] = [];
  if (list.length === 0) {
    const expected = "at least one rules object in the list";
    issues.push({ kind: "wrong-type", found: "none", expected, path: [] });
  }
  for (const [index, entry] of list.entries()) {
    const { rules, id, issues: own } = parseStrictRules(entry);
    for (const issue of own) issues.push({ ...issue, path: [index, ...issue.path] });
    if (rules !== undefined) parts.push({ path: [index], rules, ...(id !== undefined && { id }) });
  }
  return { shape: "list", ...(issues.length === 0 && { parts }), issues };
}

/** A value with an issue is never taken; the others may be, for nothing of it is stored by taking them. */
function readState(value: JsonObject, stored: Snapshot): ImportJson {
  const { entries, issues: misplaced } = parseStateValue(value);
  const issues = misplaced.length > 0 ? misplaced : planImport(entries, stored).issues;
  const bad = new Set(issues.map(({ path }) => path.slice(0, 3).join("/")));
  const { profiles } = snapshotFromEntries(entries);
  const parts = [...profiles.values()].flatMap(({ id, rules, tags }): readonly ImportPart[] => {
    const isGood = (leaf: "rules" | "tags") => !bad.has(`profiles/${id}/${leaf}`);
    const part: ImportPart = {
      path: ["profiles", id],
      id,
      ...(rules.kind === "valid" &&
        isGood("rules") && { rules: { inbound: rules.value.inbound, outbound: rules.value.outbound } }),
      ...(tags.kind === "valid" && isGood("tags") && { tags: tags.value }),
    };
    return part.rules === undefined && part.tags === undefined ? [] : [part];
  });
  const leftOut = {
    endpoints: sizeOf(fieldOf(value, "endpoints")),
    hosts: sizeOf(fieldOf(value, "hosts")),
    settings: sizeOf(fieldOf(value, "config")) + (Object.hasOwn(value, "ready") ? 1 : 0),
  };
  const isReadable = misplaced.length === 0 && (issues.length === 0 || parts.length > 0);
  return { shape: "state", ...(isReadable && { parts }), leftOut, issues };
}

function sizeOf(section: unknown): number {
  return isJsonObject(section) ? Object.keys(section).length : 0;
}
