import { parseImportJson } from "#policy/json/parse-import-json.ts";
import type { ParsedSource } from "../import-state.ts";
import { findWarnings } from "../problems/find-warnings.ts";
import { fixWarning } from "../problems/fix-warning.ts";
import { applyFixes, proposeFix } from "../problems/propose-fix.ts";

/** More than this are counted and not carried: marks beyond it slow typing and help nobody. */
const MAX_ISSUES = 1_000;

/** A mend may bring a second problem of the same value to light; after so many rounds nothing certain is left. */
const MAX_ROUNDS = 5;

/** What the one parser says of a text, and what in it is better looked at; the rules stay behind. */
export function readSource(text: string, knownTags: ReadonlySet<string>): ParsedSource {
  const { shape, parts, leftOut, id, issues } = parseImportJson(text);
  return {
    shape,
    ...(parts && {
      parts: parts.map(({ id, rules, tags }) => ({
        ...(id !== undefined && { id }),
        inbound: rules?.inbound.length ?? 0,
        outbound: rules?.outbound.length ?? 0,
        ...(tags && { tags }),
      })),
    }),
    ...(leftOut && { leftOut }),
    ...(id !== undefined && { id }),
    issues: issues.slice(0, MAX_ISSUES),
    issueCount: issues.length,
    warnings: findWarnings({ text, parts: parts ?? [], knownTags }),
  };
}

/** The text with every certain fix made. */
export function mendSource(text: string, knownTags: ReadonlySet<string>): string {
  let mended = text;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const fixes = certainFixes(mended, knownTags);
    if (fixes.length === 0) return mended;
    mended = applyFixes(mended, fixes);
  }
  return mended;
}

function certainFixes(text: string, knownTags: ReadonlySet<string>) {
  const { parts, issues } = parseImportJson(text);
  const fixes = issues.map((issue) => proposeFix(issue, { text, knownTags }));
  const warnings = findWarnings({ text, parts: parts ?? [], knownTags });
  return [...fixes, ...warnings.map((warning) => fixWarning(warning, text))].flatMap((fix) =>
    fix?.isCertain ? [fix] : [],
  );
}
