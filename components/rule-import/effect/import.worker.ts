import { type Judged, judged } from "#analysis/impact/impact.ts";
import { type ImportPart, parseImportJson } from "#policy/json/parse-import-json.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { EMPTY_SNAPSHOT } from "#policy/snapshot-from-entries.ts";
import { judgedEffect, type PartRequest, partEffects } from "./import-effect.ts";
import type { ImportJudgement, ImportRequest } from "./import-messages.ts";
import { staysClosed } from "./stays-closed.ts";

/** The parsed files stay here: a large one would take the page longer to receive than anyone should wait. */
const files = new Map<number, readonly ImportPart[]>();
let profiles: ReadonlyMap<ProfileId, Profile> = new Map();
let stored: Judged | undefined;

addEventListener("message", ({ data }: MessageEvent<ImportRequest>) => {
  switch (data.kind) {
    case "policy":
      profiles = data.profiles;
      stored = undefined;
      return;
    case "file":
      files.set(data.key, parseImportJson(data.text).parts ?? []);
      return;
    case "forget":
      files.delete(data.key);
      return;
    case "ask": {
      const judgement: ImportJudgement = { question: data.question, effect: effectOf(data.parts) };
      postMessage(judgement);
    }
  }
});

function effectOf(requests: readonly PartRequest[]) {
  const { parts, after } = partEffects(requests, ({ key, part }) => files.get(key)?.[part], profiles);
  stored ??= judgedWith(profiles);
  const next = new Map(profiles);
  for (const profile of after) next.set(profile.id, profile);
  const imported = judgedWith(next, stored);
  return {
    parts,
    ...judgedEffect(stored, imported),
    staysClosed: staysClosed(stored.reach, imported.reach, new Set(after.map(({ id }) => id))),
  };
}

function judgedWith(all: ReadonlyMap<ProfileId, Profile>, earlier?: Judged): Judged {
  const sorted = new Map([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
  return judged({ ...EMPTY_SNAPSHOT, profiles: sorted }, earlier);
}
