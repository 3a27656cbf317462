import type { Profile } from "#policy/profile.ts";
import { EMPTY_SIDECAR, isEmptySidecar } from "#policy/sidecar/sidecar.ts";
import type { Draft, DraftStep, SeenProfile } from "../draft.ts";
import { draftOf, nextName } from "./draft-history.ts";

/** What is left of a draft once an earlier state of it was saved: the steps since, on what is stored now. */
export function afterSave(saved: Draft, now: Draft, stored: SeenProfile): Draft | undefined {
  const [done, made] = [saved.steps, now.steps];
  const isGrown = isSameJson([saved.settled, done], [now.settled, made.slice(0, done.length)]);
  const rest = isGrown ? made.slice(done.length) : undefined;
  // Steps were taken back while their save was on its way, or folded: what is wanted now stands as one step.
  const steps = rest ?? [replaceStep(now.profile, stored.profile)];
  if (steps.length === 0) return undefined;
  const left = draftOf({ base: stored, settled: [], steps, undone: now.undone }, nextName(now));
  return left.ok && left.value.edits.length > 0 ? left.value : undefined;
}

/** A step that makes a profile of another with the same id, and what is beside it too. */
function replaceStep({ tags, rules, sidecar }: Profile, before: Profile): DraftStep {
  const beside = sidecar?.kind === "valid" ? sidecar.value : EMPTY_SIDECAR;
  const isBeside = !isEmptySidecar(beside) || (before.sidecar?.kind === "valid" && sidecar?.kind !== "invalid");
  return {
    edits: [
      ...(tags.kind === "valid" ? [{ kind: "replace-tags", tags: tags.value } as const] : []),
      ...(rules.kind === "valid"
        ? [{ kind: "replace-rules", inbound: rules.value.inbound, outbound: rules.value.outbound } as const]
        : []),
      ...(isBeside ? [{ kind: "replace-sidecar", sidecar: beside } as const] : []),
    ],
  };
}

function isSameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
