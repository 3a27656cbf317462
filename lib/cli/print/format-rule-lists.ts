import { formatRule } from "#policy/grammar/format-rule.ts";

type Printable = Readonly<Record<string, unknown>>;

/** Both headings, always, and under each its rules, numbered from 1 in three columns. */
export function formatRuleLists(lists: {
  readonly inbound: readonly Printable[];
  readonly outbound: readonly Printable[];
}): string {
  return `Inbound rules:\n${numbered(lists.inbound)}Outbound rules:\n${numbered(lists.outbound)}`;
}

function numbered(rules: readonly Printable[]): string {
  return rules.map((rule, index) => ` ${String(index + 1).padStart(3)} ${formatRule(rule)}\n`).join("");
}
