import type { Issue } from "#policy/issue.ts";
import { quoted, unquoted } from "./json-words.ts";
import { mendedSyntax } from "./mend-syntax.ts";
import { mendedValue } from "./mend-value.ts";
import type { SourceFix } from "./source-fix.ts";

/** The text the issues were found in, and the tags that profiles hold today. */
export type FixSource = { readonly text: string; readonly knownTags: ReadonlySet<string> };

/** The one obvious mend of a problem, or nothing: what the writer meant is not guessed. */
export function proposeFix(issue: Issue, source: FixSource): SourceFix | undefined {
  if (issue.kind === "missing-key") return addMissingList(issue.key, issue.path.length, source.text);
  if (issue.at === undefined) return undefined;
  if (issue.kind === "not-json") return mendedSyntax(issue.detail, source.text, issue.at);
  const { offset, length } = issue.at;
  const written = source.text.slice(offset, offset + length);
  const insert = mendedValue(issue, written, source.knownTags);
  if (insert === undefined || insert === written) return undefined;
  if (issue.kind === "unknown-key" && isWrittenNearby(insert, source.text, offset)) return undefined;
  return { label: `Use ${labelOf(insert)}`, isCertain: true, offset, length, insert };
}

/** Applies fixes from the end of the text to its start, so that offsets stay true; of two that overlap the later wins. */
export function applyFixes(text: string, fixes: readonly SourceFix[]): string {
  const pieces: string[] = [];
  let untouchedUpTo = text.length;
  for (const fix of nonOverlapping(fixes)) {
    pieces.push(text.slice(fix.offset + fix.length, untouchedUpTo), fix.insert);
    untouchedUpTo = fix.offset;
  }
  return [...pieces, text.slice(0, untouchedUpTo)].reverse().join("");
}

/** From the end of the text to its start, each place once. */
export function nonOverlapping(fixes: readonly SourceFix[]): readonly SourceFix[] {
  const chosen: SourceFix[] = [];
  let untouchedUpTo = Number.POSITIVE_INFINITY;
  for (const fix of [...fixes].sort((a, b) => b.offset - a.offset)) {
    if (fix.offset + fix.length > untouchedUpTo) continue;
    chosen.push(fix);
    untouchedUpTo = fix.offset;
  }
  return chosen;
}

/** The key a wrong one would become stands in the same rule already: then one of them is to go, and which is not known. */
function isWrittenNearby(key: string, text: string, offset: number): boolean {
  const start = text.lastIndexOf("{", offset);
  const end = text.indexOf("}", offset);
  return text.slice(Math.max(0, start), end < 0 ? text.length : end).includes(key);
}

/** A direction that is not in the file: writing `[]` says on purpose that it has no rules. */
function addMissingList(key: string, depth: number, text: string): SourceFix | undefined {
  const end = text.lastIndexOf("}");
  if (depth !== 0 || end < 0 || !key.endsWith("_rules")) return undefined;
  const before = text.slice(0, end).trimEnd();
  const comma = before.endsWith("{") || before.endsWith(",") ? "" : ",";
  const insert = `${comma}\n  ${quoted(key)}: []\n`;
  return { label: `Write ${key} as []`, isCertain: false, offset: before.length, length: end - before.length, insert };
}

function labelOf(insert: string): string {
  const label = /^"[A-Za-z0-9_.!-]+"$/.test(insert) ? unquoted(insert) : insert;
  return label.length > 24 ? `${label.slice(0, 23)}…` : label;
}
