import { parseGraphRequest } from "#components/tag-graph/model/graph-request.ts";
import { createGraphDesk } from "#components/tag-graph/worker/graph-desk.ts";
import { applyEdit } from "#policy/edit/apply-edit.ts";
import type { Profile } from "#policy/profile.ts";
import { randomEdits } from "../analysis/random-edits.ts";
import { randomEstate } from "../analysis/random-estate.ts";
import { timed } from "../compare.ts";
import { quantile } from "../statistics.ts";

/** Milliseconds of what the worker does, and the heap it keeps. */
export type DeskTimes = {
  readonly first: number;
  readonly change: number;
  readonly select: number;
  readonly matrix: number;
  readonly heapMb: number;
};

const RULES_PER_PROFILE = 10;
const EDITS = 9;

/** Times a desk of so many profiles: its first view, a view after an edit, a selection, the matrix. */
export async function timeDesk(size: number): Promise<DeskTimes> {
  const before = process.memoryUsage();
  const { profiles, ...snapshot } = randomEstate(size, RULES_PER_PROFILE);
  const desk = createGraphDesk({ readStateAt: async () => ({ kind: "compacted" }), now: () => performance.now() });
  const take = (changed: readonly Profile[], revision: number) =>
    desk.take({ kind: "policy", revision, storeRevision: revision, changed, removed: [], drafted: [], isLast: true });
  const view = (search: string) => desk.ask({ kind: "view", request: parseGraphRequest(new URLSearchParams(search)) });
  take([...profiles.values()], 1);
  const first = await timed(() => view(""));
  const changes: number[] = [];
  for (const [index, { profile, edit }] of randomEdits({ ...snapshot, profiles }, EDITS).entries()) {
    const stored = profiles.get(profile);
    const edited = stored && applyEdit(stored, edit);
    if (!edited?.ok) continue;
    take([edited.value], index + 2);
    changes.push(await timed(() => view("")));
  }
  const [any = ""] = profiles.keys();
  const select = await timed(() => view(`from=${any}`));
  const request = parseGraphRequest(new URLSearchParams("view=matrix"));
  const matrix = await timed(() => desk.ask({ kind: "matrix", request }));
  const after = process.memoryUsage();
  const used = ({ heapUsed, arrayBuffers }: NodeJS.MemoryUsage) => heapUsed + arrayBuffers;
  return { first, change: quantile(changes, 0.5), select, matrix, heapMb: (used(after) - used(before)) / 2 ** 20 };
}
