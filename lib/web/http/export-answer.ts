import "server-only";
import type { Deps } from "#operations/deps.ts";
import { loadSnapshot } from "#operations/load-snapshot.ts";
import { type ProfileId, parseProfileId } from "#policy/profile-id.ts";
import { exportFile } from "#policy/state-file/export-file.ts";
import { respond } from "./respond.ts";

/** The file with these profiles, read now, to be kept under a name that says what it is. */
export async function exportAnswer(deps: Deps, names: readonly string[]): Promise<Response> {
  const ids: ProfileId[] = [];
  for (const name of names) {
    const id = parseProfileId(name);
    if (!id.ok) return respond({ kind: "invalid-request", detail: "not a profile id" }, 400);
    ids.push(id.value);
  }
  const file = exportFile(await loadSnapshot(deps), ids);
  if (!file.ok) return respond(file.error, 404);
  return new Response(file.value.text, {
    headers: {
      "content-type": "application/json; charset=utf-8",
      // Profile ids have no character that means anything here.
      "content-disposition": `attachment; filename="${file.value.name}"`,
      "cache-control": "no-store",
    },
  });
}
