import type { Issue, IssuePath } from "#policy/issue.ts";
import { parseJsonText } from "#policy/json/parse-json-text.ts";
import { parseStoredRule } from "#policy/parse-stored-rule.ts";
import type { Leaf } from "#policy/profile.ts";
import type { Rule } from "#policy/rule.ts";
import { fieldOf, isJsonObject, type JsonObject, kindOfValue, showValue } from "#policy/rule-fields/json-object.ts";
import { parseComment } from "#policy/sidecar/parse-comment.ts";
import type { ParkedRule, RuleComment, Sidecar, SidecarList } from "#policy/sidecar/sidecar.ts";
import { err, ok, type Result } from "#prelude/result.ts";

type Reader = { readonly issues: Issue[] };

/** Most entries of one list that are read; more is not a person's work. */
const MAX_ENTRIES = 5_000;

/** Reads the text of a sidecar key. What is invalid is kept with its reasons and touches nothing else. */
export function parseSidecarValue(text: string): Leaf<Sidecar> {
  const json = parseJsonText(text);
  const sidecar = json.ok ? parseSidecar(json.value) : err([{ ...json.error, path: [] }]);
  return sidecar.ok ? { kind: "valid", value: sidecar.value } : { kind: "invalid", text, issues: sidecar.error };
}

/** Writes the text of a sidecar key. */
export function formatSidecarValue({ inbound, outbound, extra }: Sidecar): string {
  return JSON.stringify({ ...extra, inbound, outbound });
}

/** Accepts a sidecar; keys this version does not know are kept at the top and ignored below. */
export function parseSidecar(value: unknown): Result<Sidecar, readonly Issue[]> {
  const reader: Reader = { issues: [] };
  if (!isJsonObject(value)) {
    report(reader, [], { found: kindOfValue(value), expected: "comments and parked rules" });
    return err(reader.issues);
  }
  const { inbound: _inbound, outbound: _outbound, ...extra } = value;
  const sidecar = {
    inbound: readList(reader, fieldOf(value, "inbound"), ["inbound"]),
    outbound: readList(reader, fieldOf(value, "outbound"), ["outbound"]),
    ...(Object.keys(extra).length > 0 && { extra }),
  };
  return reader.issues.length === 0 ? ok(sidecar) : err(reader.issues);
}

function readList(reader: Reader, value: unknown, path: IssuePath): SidecarList {
  const list = value === undefined ? {} : value;
  if (!isJsonObject(list)) {
    report(reader, path, { found: kindOfValue(list), expected: "an object" });
    return { comments: [], parked: [] };
  }
  return {
    comments: readEntries(reader, list, { field: "comments", path, read: readRuleComment }),
    parked: readEntries(reader, list, { field: "parked", path, read: readParked }),
  };
}

type Entries<T> = {
  readonly field: string;
  readonly path: IssuePath;
  readonly read: (reader: Reader, entry: JsonObject, path: IssuePath) => T | undefined;
};

function readEntries<T>(reader: Reader, list: JsonObject, { field, path, read }: Entries<T>): readonly T[] {
  const entries = fieldOf(list, field) ?? [];
  const at = [...path, field];
  if (!Array.isArray(entries) || entries.length > MAX_ENTRIES) {
    report(reader, at, { found: kindOfValue(entries), expected: `a list of at most ${MAX_ENTRIES}` });
    return [];
  }
  return entries.flatMap((entry: unknown, index): readonly T[] => {
    if (!isJsonObject(entry)) {
      report(reader, [...at, index], { found: kindOfValue(entry), expected: "an object" });
      return [];
    }
    const one = read(reader, entry, [...at, index]);
    return one === undefined ? [] : [one];
  });
}

function readRuleComment(reader: Reader, entry: JsonObject, path: IssuePath): RuleComment | undefined {
  const rule = readRule(reader, entry.rule, [...path, "rule"]);
  const text = readComment(reader, entry.text, [...path, "text"]);
  const nth = readCount(reader, { value: fieldOf(entry, "nth") ?? 1, least: 1, path: [...path, "nth"] });
  if (rule === undefined || text === undefined || nth === undefined) return undefined;
  return { rule, ...(nth > 1 && { nth }), text };
}

function readParked(reader: Reader, entry: JsonObject, path: IssuePath): ParkedRule | undefined {
  const { after: anchor, comment: text } = entry;
  const rule = readRule(reader, entry.rule, [...path, "rule"]);
  const behind = readCount(reader, { value: fieldOf(entry, "behind") ?? 0, least: 0, path: [...path, "behind"] });
  const after = anchor === undefined ? undefined : readRule(reader, anchor, [...path, "after"]);
  const comment = text === undefined ? undefined : readComment(reader, text, [...path, "comment"]);
  if (rule === undefined || behind === undefined) return undefined;
  return { rule, behind, ...(after !== undefined && { after }), ...(comment && { comment }) };
}

function readRule(reader: Reader, value: unknown, path: IssuePath): Rule | undefined {
  const rule = parseStoredRule(value, path);
  if (rule.ok) return rule.value;
  reader.issues.push(...rule.error);
  return undefined;
}

function readComment(reader: Reader, value: unknown, path: IssuePath): string | undefined {
  const comment = parseComment(value);
  if (comment.ok) return comment.value;
  reader.issues.push({ ...comment.error, path });
  return undefined;
}

type Count = { readonly value: unknown; readonly least: number; readonly path: IssuePath };

function readCount(reader: Reader, { value, least, path }: Count): number | undefined {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= least) return value;
  report(reader, path, { found: showValue(value), expected: "a count" });
  return undefined;
}

function report(reader: Reader, path: IssuePath, fact: { readonly found: string; readonly expected: string }): void {
  reader.issues.push({ kind: "wrong-type", ...fact, path });
}
