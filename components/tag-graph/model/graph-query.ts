import { err, ok, type Result } from "#prelude/result.ts";

/** What a query asks for; absent means anything. Words match any of the names. */
export type GraphQuery = {
  readonly from?: string;
  readonly to?: string;
  readonly tag?: string;
  readonly port?: number;
  readonly words: readonly string[];
};

/** What cannot be read of a query: from which character (the first is 1), how many, and why. */
export type QueryIssue = { readonly at: number; readonly length: number } & (
  | { readonly kind: "unknown-field"; readonly field: string; readonly nearest: string | undefined }
  | { readonly kind: "missing-value"; readonly field: string }
  | { readonly kind: "twice"; readonly field: string }
  | { readonly kind: "bad-port"; readonly found: string }
  | { readonly kind: "bad-character"; readonly found: string }
);

const FIELDS = ["from", "to", "tag", "port"] as const;
const MAX_PORT = 65_535;
/** What names, tags, addresses and the star are written with; a colon only in IPv6 networks. */
const NAME = /^[A-Za-z0-9_.\-*/:@[\]=]+$/;

/** Reads `from:WEB to:* tag:APP_* port:443 word`; every part that cannot be read is reported with its place. */
export function parseGraphQuery(text: string): Result<GraphQuery, readonly QueryIssue[]> {
  const query: { from?: string; to?: string; tag?: string; port?: number; words: string[] } = { words: [] };
  const issues: QueryIssue[] = [];
  for (const { 0: term, index } of text.matchAll(/\S+/g)) {
    const at = index + 1;
    const [, name = "", value = ""] = /^([A-Za-z]+):(.*)$/.exec(term) ?? [];
    const field = FIELDS.find((each) => each === name.toLowerCase());
    const bad = [...term].findIndex((character) => !NAME.test(character));
    if (name !== "" && field === undefined && !isNetwork(term)) {
      issues.push({ kind: "unknown-field", at, length: name.length, field: name, nearest: nearestField(name) });
    } else if (bad >= 0) {
      issues.push({ kind: "bad-character", at: at + bad, length: 1, found: [...term][bad] ?? "" });
    } else if (field === undefined) query.words.push(term.toLowerCase());
    else if (value === "") issues.push({ kind: "missing-value", at: at + term.length - 1, length: 1, field });
    else if (query[field] !== undefined) issues.push({ kind: "twice", at, length: term.length, field });
    else if (field !== "port") query[field] = value;
    else if (/^\d{1,5}$/.test(value) && Number(value) <= MAX_PORT) query.port = Number(value);
    else issues.push({ kind: "bad-port", at: at + field.length + 1, length: value.length, found: value });
  }
  return issues.length === 0 ? ok(query) : err(issues);
}

/** Why a part of a query cannot be read, with its character. */
export function describeQueryIssue(issue: QueryIssue): string {
  const where = `Character ${issue.at}: `;
  switch (issue.kind) {
    case "unknown-field":
      return `${where}unknown field “${issue.field}”. ${issue.nearest === undefined ? "Fields are from, to, tag and port." : `Did you mean ${issue.nearest}?`}`;
    case "missing-value":
      return `${where}${issue.field}: needs a ${issue.field === "port" ? "number" : "name; * stands for anything"}.`;
    case "twice":
      return `${where}${issue.field}: stands there already.`;
    case "bad-port":
      return `${where}“${issue.found}” is no port; ports go from 0 to ${MAX_PORT}.`;
    case "bad-character":
      return `${where}“${issue.found}” stands in no name. Letters, digits, _ . - and * do.`;
  }
}

function isNetwork(term: string): boolean {
  return /^[0-9a-fA-F]*:[0-9a-fA-F:]*(\/\d+)?$/.test(term) && term.includes("::");
}

function nearestField(name: string): string | undefined {
  const letters = (text: string) => [...text.toLowerCase()].sort().join("");
  return FIELDS.find((field) => letters(field) === letters(name) || field.startsWith(name.slice(0, 2).toLowerCase()));
}

/** True when the name fits the pattern, in which `*` stands for anything; letters match in either case. */
export function globMatches(pattern: string | undefined, name: string): boolean {
  if (pattern === undefined || pattern === "") return true;
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\*+/g, ".*");
  return new RegExp(`^${escaped}$`, "i").test(name);
}
