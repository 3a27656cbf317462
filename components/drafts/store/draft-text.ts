import { parseEdit } from "#policy/edit/parse-edit.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import { parseStoredRule } from "#policy/parse-stored-rule.ts";
import type { Leaf, Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { formatRulesValue, parseRulesValue } from "#policy/rules-value.ts";
import { formatSidecarValue, parseSidecarValue } from "#policy/sidecar/sidecar-value.ts";
import { formatTagsValue, parseTagsValue } from "#policy/tags-value.ts";
import type { SeenVersion } from "#web/queries/profile-versions.ts";
import type { Draft, DraftStep } from "../draft.ts";
import { draftOf } from "./draft-history.ts";

/** A draft as text; what is read back is parsed like anything from outside. */
type StoredDraft = {
  readonly tags: string | null;
  readonly rules: string | null;
  readonly sidecar: string | null;
  readonly version: SeenVersion;
  readonly settled: readonly ProfileEdit[];
  readonly steps: readonly DraftStep[];
  readonly undone: readonly DraftStep[];
  readonly requestId: string;
  readonly lineage: readonly string[];
};

const MISSING = { kind: "missing" } as const;

type JsonObject = Readonly<Record<string, unknown>>;

/** The text kept for a draft. */
export function formatDraft({ base, settled, steps, undone, requestId, lineage }: Draft): string {
  const { tags, rules, sidecar = MISSING } = base.profile;
  const stored: StoredDraft = {
    tags: textOf(tags, formatTagsValue),
    rules: textOf(rules, formatRulesValue),
    sidecar: textOf(sidecar, formatSidecarValue),
    version: base.version,
    settled,
    steps,
    undone,
    requestId,
    lineage,
  };
  return JSON.stringify(stored);
}

/** Reads a kept draft; `undefined` for a text that is not one. */
export function parseDraft(id: ProfileId, text: string): Draft | undefined {
  const stored = readObject(text);
  if (stored === undefined) return undefined;
  const { requestId } = stored;
  const version = parseVersion(stored.version);
  const settled = parseEdits(stored.settled);
  const steps = parseSteps(stored.steps);
  const undone = parseSteps(stored.undone);
  if (typeof requestId !== "string" || !version || !settled || !steps || !undone) return undefined;
  const profile: Profile = {
    id,
    tags: leafOf(stored.tags, parseTagsValue),
    rules: leafOf(stored.rules, parseRulesValue),
    ...(typeof stored.sidecar === "string" ? { sidecar: parseSidecarValue(stored.sidecar) } : {}),
  };
  const base = { profile, version };
  const draft = draftOf({ base, settled, steps, undone }, { requestId, lineage: textsOf(stored.lineage) });
  return draft.ok ? draft.value : undefined;
}

function parseSteps(value: unknown): readonly DraftStep[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const steps = value.map((each: unknown): DraftStep | undefined => {
    if (!isObject(each)) return undefined;
    const edits = parseEdits(each.edits);
    return edits && { edits, ...(typeof each.series === "string" ? { series: each.series } : {}) };
  });
  return allOf(steps);
}

function parseEdits(value: unknown): readonly ProfileEdit[] | undefined {
  return Array.isArray(value) ? allOf(value.map(parseKeptEdit)) : undefined;
}

/** A rule that others stored may be moved about in a draft although our doors do not take it as a new one. */
function parseKeptEdit(value: unknown): ProfileEdit | undefined {
  const edit = parseEdit(value, parseStoredRule);
  return edit.ok ? edit.value : undefined;
}

/** The list, or nothing when one of it is nothing. */
function allOf<T>(list: readonly (T | undefined)[]): readonly T[] | undefined {
  const present = list.filter((each) => each !== undefined);
  return present.length === list.length ? present : undefined;
}

function readObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A draft kept before sidecars had a version has seen none: the next save merges. */
function parseVersion(value: unknown): SeenVersion | undefined {
  if (!isObject(value)) return undefined;
  const { tags, rules, sidecar = 0 } = value;
  return isRevision(tags) && isRevision(rules) && isRevision(sidecar) ? { tags, rules, sidecar } : undefined;
}

function isRevision(value: unknown): value is number {
  return Number.isInteger(value);
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

function textOf<T>(leaf: Leaf<T>, format: (value: T) => string): string | null {
  if (leaf.kind === "valid") return format(leaf.value);
  return leaf.kind === "invalid" ? leaf.text : null;
}

function leafOf<T>(text: unknown, parse: (text: string) => Leaf<T>): Leaf<T> {
  return typeof text === "string" ? parse(text) : { kind: "missing" };
}
