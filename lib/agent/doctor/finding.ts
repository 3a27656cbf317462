/** One thing an agent needs, and what to do where it is not so. */
export type Finding = { readonly ok: boolean; readonly what: string; readonly fix?: string };

/** The findings as lines for a person. */
export function formatFindings(findings: readonly Finding[]): string {
  return findings
    .map(({ ok, what, fix }) => (ok ? `ok    ${what}\n` : `FAIL  ${what}\n${fix ? `      → ${fix}\n` : ""}`))
    .join("");
}
