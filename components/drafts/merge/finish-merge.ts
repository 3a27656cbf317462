import { diffProfiles } from "#policy/edit/diff-profiles.ts";
import type { MergeChoices } from "#policy/merge/profile-merge.ts";
import type { Draft } from "../draft.ts";
import type { MergeAttempt } from "./attempt-merge.ts";
import { rebaseDraft } from "./merge-draft.ts";

/** The draft on what is stored now, once everything is decided. */
export function finishMerge({ draft, onto, settled }: MergeAttempt, decided: MergeChoices = new Map()): Draft {
  return rebaseDraft(draft, onto, new Map([...settled, ...decided]));
}

/** What someone else did, and that it needs no decision. */
export function mergeMessage({ draft, onto }: MergeAttempt): { readonly title: string; readonly detail: string } {
  const revision = Math.max(onto.version.tags, onto.version.rules, onto.version.sidecar);
  return {
    title: `Someone changed ${changedWords(draft, onto)} while you edited`,
    detail: `Merged, nothing to decide. Your draft now sits on rev ${revision}.`,
  };
}

/** `2 rules of DB and 1 tag`. */
export function changedWords({ base }: Pick<Draft, "base">, onto: Draft["base"]): string {
  const edits = diffProfiles(base.profile, onto.profile);
  const tags = edits.filter(({ kind }) => kind.endsWith("tag")).length;
  const rules = edits.filter((edit) => "direction" in edit).length;
  const isBeside = edits.some(({ kind }) => kind === "replace-sidecar");
  const parts = [
    rules > 0 ? counted(rules, "rule") : "",
    tags > 0 ? counted(tags, "tag") : "",
    isBeside ? "the comments or parked rules" : "",
  ].filter((part) => part !== "");
  return `${parts.join(" and ") || "the rules"} of ${onto.profile.id}`;
}

function counted(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}
