import type { ImportWarning } from "./import-warning.ts";
import type { SourceFix } from "./source-fix.ts";

/** Writes out what a rule without an action means; other warnings have no mend that is certain. */
export function fixWarning(warning: ImportWarning, text: string): SourceFix | undefined {
  if (warning.kind !== "no-action") return undefined;
  const inside = warning.at.offset + 1;
  const rest = /^(?<blank>\s*)(?<next>.?)/.exec(text.slice(inside));
  const [blank, next] = [rest?.groups?.blank ?? "", rest?.groups?.next ?? ""];
  const comma = next === "}" ? "" : ",";
  const insert = next === "}" ? ' "action": "allow" ' : `${blank}"action": "allow"${comma}`;
  const length = next === "}" ? blank.length : 0;
  return { label: "Write allow", isCertain: true, offset: inside, length, insert };
}
