import { applyScopedEdits, withProfiles } from "#analysis/impact/scoped-edit.ts";
import { placeNodes } from "#analysis/reach/reach-node.ts";
import { type Reachability, reachability } from "#analysis/reach/reachability.ts";
import { placeKey } from "#components/reach/place-key.ts";
import { effectBetween } from "#components/reach/reach-effect.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { EMPTY_SNAPSHOT, snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { assertNever } from "#prelude/assert-never.ts";
import { err, ok, type Result } from "#prelude/result.ts";
import type { ReadRevision } from "#web/queries/state-at-revision.ts";
import { freeLayout } from "../layout/free-layout.ts";
import { graphMatrix } from "../model/graph-matrix.ts";
import { type GraphModel, graphModel, graphOutline } from "../model/graph-model.ts";
import type { GraphRequest } from "../model/graph-request.ts";
import { graphRowsAt, piecesOf, rowCountOf } from "../model/graph-row.ts";
import { type Compared, graphRows, graphView } from "../model/graph-view.ts";
import { needsNoJudge, outlineView } from "../model/outline-view.ts";
import { pairsAt } from "../model/pair-table.ts";
import { exportGraph } from "./export-graph.ts";
import type {
  GraphAnswer,
  GraphProblem,
  GraphQuestion,
  LatestChange,
  PolicyPiece,
  ViewFacts,
} from "./graph-messages.ts";
import { proposeAccess } from "./propose-access.ts";

/** What the desk stands on: reading old states, and a clock for what must not take long. */
export type DeskWorld = {
  readonly readStateAt: (revision: number) => Promise<ReadRevision>;
  readonly now: () => number;
};

/** Keeps the models and answers the page's questions; runs in a worker, and in tests without one. */
export type GraphDesk = {
  readonly take: (piece: PolicyPiece) => void;
  readonly ask: (question: GraphQuestion) => Promise<GraphAnswer>;
};

/** The judge answers for fewer before anybody would look at an outline. */
const MIN_OUTLINED = 150;
/** Old revisions kept; a person compares two. */
const MAX_REVISIONS = 3;
/** A free picture that is not there by then gives way to the columns. */
const FREE_DEADLINE_MS = 1_500;

/** Creates a desk without policy; the first whole policy makes it answer. */
export function createGraphDesk({ readStateAt, now }: DeskWorld): GraphDesk {
  let profiles = new Map<ProfileId, Profile>();
  let drafted: readonly Profile[] = [];
  let revision = 0;
  let storeRevision = 0;
  let live: GraphModel | undefined;
  let draft: GraphModel | undefined;
  const old = new Map<number, GraphModel>();

  let earlier: GraphModel | undefined;
  let latest: LatestChange | undefined;
  let snapshot: Snapshot | undefined;
  const liveSnapshot = () => {
    snapshot ??= { ...EMPTY_SNAPSHOT, revision, profiles: sorted(profiles) };
    return snapshot;
  };
  const liveModel = () => {
    if (live !== undefined) return live;
    live = modelOf(liveSnapshot(), earlier);
    if (earlier !== undefined) latest = { revision, effect: effectBetween(earlier.pairs.reach, live.pairs.reach) };
    earlier = live;
    return live;
  };
  const draftModel = () => {
    const base = liveModel();
    draft ??= drafted.length === 0 ? base : modelOf(withDrafts(base.snapshot, drafted), base);
    return draft;
  };
  const modelAt = async (at: number): Promise<Result<GraphModel, GraphProblem>> => {
    if (at === storeRevision) return ok(liveModel());
    const known = old.get(at);
    if (known !== undefined) return ok(known);
    const read = await readStateAt(at);
    if (read.kind !== "read") {
      return err(read.kind === "unreadable" ? { ...read, revision: at } : { kind: read.kind, revision: at });
    }
    const snapshot = snapshotFromEntries(read.entries);
    const model = modelOf({ ...EMPTY_SNAPSHOT, revision: snapshot.revision, profiles: snapshot.profiles }, liveModel());
    if (old.size >= MAX_REVISIONS) old.delete(old.keys().next().value ?? 0);
    old.set(at, model);
    return ok(model);
  };
  /** Two revisions where both are named; a revision with now; else what is stored with the drafts on it. */
  const compared = async ({ rev, vs, show }: GraphRequest): Promise<Result<Compared, GraphProblem>> => {
    const isDraft = show === "changed" && rev === undefined && vs === undefined;
    const model = rev === undefined ? ok(isDraft ? draftModel() : liveModel()) : await modelAt(rev);
    if (!model.ok || show !== "changed") return model.ok ? ok({ model: model.value, before: undefined }) : model;
    const before = vs === undefined ? ok(liveModel()) : await modelAt(vs);
    return before.ok ? ok({ model: model.value, before: before.value }) : before;
  };
  const factsOf = ({ rev, vs, show }: GraphRequest): ViewFacts => ({
    live: revision,
    shown:
      rev !== undefined && rev !== storeRevision
        ? rev
        : show === "changed" && vs === undefined && rev === undefined
          ? "draft"
          : revision,
    before: show === "changed" ? (vs ?? revision) : undefined,
  });

  const outline = (request: GraphRequest): GraphAnswer => {
    if (earlier !== undefined || profiles.size < MIN_OUTLINED || !needsNoJudge(request)) return { kind: "no-outline" };
    const places = placeNodes(liveSnapshot()).placed.map(({ node }) => node);
    const view = outlineView(graphOutline(liveSnapshot(), places), request);
    return { kind: "view", view, facts: factsOf(request), latest: undefined };
  };

  return {
    take: (piece) => {
      for (const id of piece.removed) profiles.delete(id);
      for (const profile of piece.changed) profiles.set(profile.id, profile);
      if (!piece.isLast) return;
      const isSame = piece.changed.length === 0 && piece.removed.length === 0 && piece.revision === revision;
      if (!isSame) [live, snapshot] = [undefined, undefined];
      [draft, drafted, revision, storeRevision] = [undefined, piece.drafted, piece.revision, piece.storeRevision];
      profiles = new Map(profiles);
    },
    ask: async (question) => {
      if (question.kind === "propose") return { kind: "propose", proposal: proposeAccess(liveModel(), question) };
      if (question.kind === "effect") return { kind: "effect", effect: effectOf(liveModel(), question.edits) };
      if (question.kind === "outline") return outline(question.request);
      const found = await compared(question.request);
      if (!found.ok) return { kind: "problem", problem: found.error };
      if (question.kind === "view") liveModel();
      return answerAbout(found.value, question, { facts: factsOf(question.request), latest, now });
    },
  };
}

type Standing = {
  readonly facts: ViewFacts;
  readonly latest: LatestChange | undefined;
  readonly now: () => number;
};
type ViewQuestion = Exclude<Extract<GraphQuestion, { readonly request: GraphRequest }>, { kind: "outline" }>;

function answerAbout(compared: Compared, question: ViewQuestion, { facts, latest, now }: Standing): GraphAnswer {
  const { model } = compared;
  const { request } = question;
  switch (question.kind) {
    case "view":
      return { kind: "view", view: graphView(compared, request), facts, latest };
    case "rows": {
      const rows = graphRows(compared, request);
      const { start, count } = question;
      const total = rowCountOf(rows, request.show);
      return { kind: "rows", rows: graphRowsAt(model, rows, { show: request.show, start, count }), total };
    }
    case "pieces":
      return { kind: "pieces", pieces: piecesOf(model, question.from, question.to) };
    case "matrix":
      return { kind: "matrix", matrix: graphMatrix(model, graphRows(compared, unselected(request)), request) };
    case "free":
      return { kind: "free", layout: freeOf(compared, request, now) };
    case "export":
      return { kind: "export", revision: model.revision, text: exportGraph(compared, question) };
    default:
      return assertNever(question);
  }
}

/** A selection fades the other cells, it does not take them away. */
function unselected(request: GraphRequest): GraphRequest {
  return { ...request, selection: { kind: "nothing" } };
}

function freeOf(compared: Compared, request: GraphRequest, now: () => number) {
  const deadline = now() + FREE_DEADLINE_MS;
  const rows = graphRows(compared, unselected(request));
  const pairs = pairsAt(compared.model.pairs, rows.pairs.slice(0, 4_000));
  const keys =
    request.query.trim() === ""
      ? compared.model.reach.nodes.map(placeKey)
      : [...new Set(pairs.flatMap(({ from, to }) => [placeKey(from), placeKey(to)]))];
  const edges = pairs.map(({ from, to, text }) => ({ from: placeKey(from), to: placeKey(to), text }));
  return freeLayout(keys, edges, () => now() > deadline);
}

function modelOf(snapshot: Snapshot, earlier: GraphModel | undefined): GraphModel {
  return graphModel(snapshot, judgeOf(snapshot, earlier), earlier);
}

function judgeOf(snapshot: Snapshot, earlier: GraphModel | undefined): Reachability {
  return reachability(snapshot, earlier?.pairs.reach);
}

function effectOf(model: GraphModel, edits: Parameters<typeof applyScopedEdits>[1]) {
  const after = applyScopedEdits(model.snapshot, edits);
  return after.ok ? effectBetween(model.pairs.reach, judgeOf(after.value, model)) : undefined;
}

function withDrafts(snapshot: Snapshot, drafted: readonly Profile[]): Snapshot {
  const next = withProfiles(snapshot, new Map(drafted.map((profile) => [profile.id, profile])));
  return { ...next, profiles: sorted(next.profiles) };
}

function sorted(profiles: ReadonlyMap<ProfileId, Profile>): ReadonlyMap<ProfileId, Profile> {
  return new Map([...profiles].sort(([a], [b]) => (a < b ? -1 : 1)));
}
