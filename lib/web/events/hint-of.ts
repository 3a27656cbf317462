import { parsePolicyKey } from "#policy/layout/policy-key.ts";
import type { BoardEvent, EntryChange } from "./event-types.ts";

/** The hint for one transaction: which profiles it touched, and whether anything else. */
export function hintOf(revision: number, changes: readonly EntryChange[]): BoardEvent {
  const profiles = new Set<string>();
  let others = false;
  for (const { key } of changes) {
    const parsed = parsePolicyKey(key);
    if (parsed?.kind === "profile-tags" || parsed?.kind === "profile-rules" || parsed?.kind === "profile-sidecar")
      profiles.add(parsed.id);
    else others = true;
  }
  return { kind: "changed", revision, profiles: [...profiles].sort(), others };
}
