import { formatRulesJson } from "#policy/json/format-rules-json.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { EMPTY_SNAPSHOT } from "#policy/snapshot-from-entries.ts";
import { formatStateFile } from "#policy/state-file/format-state-file.ts";
import { err, ok, type Result } from "#prelude/result.ts";

export type ExportFile = { readonly name: string; readonly text: string };

/** A profile that was asked for and is not there. */
export type ExportRefusal = { readonly kind: "not-found"; readonly profileId: ProfileId };

/**
 * The file that gives profiles back to whoever reads it: the rules of one as `rule update` takes them, several with
 * their tags as a state file, and without any name the whole state as `export` prints it. What cannot be read as rules
 * is kept as it is, which only a state file can.
 */
export function exportFile(snapshot: Snapshot, ids: readonly ProfileId[]): Result<ExportFile, ExportRefusal> {
  const chosen = new Set(ids);
  if (chosen.size === 0) return ok({ name: "tortie-state.json", text: formatStateFile(snapshot) });
  const missing = ids.find((id) => !snapshot.profiles.has(id));
  if (missing !== undefined) return err({ kind: "not-found", profileId: missing });
  const profiles = new Map([...snapshot.profiles].filter(([id]) => chosen.has(id)));
  const [only] = profiles.values();
  if (profiles.size === 1 && only?.rules.kind === "valid") {
    return ok({ name: `${only.id}-rules.json`, text: `${formatRulesJson(only.id, only.rules.value)}\n` });
  }
  const name = profiles.size === 1 && only !== undefined ? `${only.id}.json` : `${profiles.size}-profiles.json`;
  return ok({ name, text: formatStateFile({ ...EMPTY_SNAPSHOT, profiles }) });
}
