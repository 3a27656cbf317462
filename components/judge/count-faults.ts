import type { WordedFinding } from "./judge-messages.ts";

/** What a badge counts: what is wrong, not what is merely worth knowing. */
export function countFaults(findings: readonly WordedFinding[]): number {
  return findings.filter(({ finding }) => finding.severity !== "notice").length;
}
