import type { TextRange } from "#policy/issue.ts";

/** What a file may say and is better looked at; nothing of it keeps the file out. */
export type ImportWarning =
  | { readonly kind: "no-action"; readonly at: TextRange }
  | { readonly kind: "said-twice"; readonly at: TextRange; readonly firstLine: number }
  | { readonly kind: "tag-not-held"; readonly tag: string; readonly at: TextRange };

/** A warning in words: the fact, and what follows from it. */
export function describeWarning(warning: ImportWarning): readonly [title: string, reason: string] {
  switch (warning.kind) {
    case "no-action":
      return ["Rule has no action", "A missing action means allow. Written out, the next reader sees it."];
    case "said-twice":
      return ["The rule stands here twice", `It equals the one in line ${warning.firstLine}, which decides first.`];
    case "tag-not-held":
      return [`No profile holds ${warning.tag}`, "Nothing matches it until one does, here or in this file."];
  }
}
