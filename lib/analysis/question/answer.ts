import { createPlaceJudge, type PlaceRelation, type TooManyAddresses } from "#analysis/between/relation-between.ts";
import { describeFinding } from "#analysis/findings/describe-finding.ts";
import { findProblems } from "#analysis/findings/find-problems.ts";
import type { Finding } from "#analysis/findings/finding.ts";
import { type GraphJson, graphJson, type PieceJson, pieceJson } from "#analysis/format/as-json.ts";
import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import { findingChanges, type Impact, impactBetween, type Judged, judged, whatIf } from "#analysis/impact/impact.ts";
import type { ScopedEditError } from "#analysis/impact/scoped-edit.ts";
import { answerCheckWithEdits, type CheckAnswer } from "#analysis/question/check.ts";
import { parseCheckHeaders } from "#analysis/question/check-headers.ts";
import { chooseEdges, type UnknownNode } from "#analysis/question/choose-edges.ts";
import { type PlaceProblem, parsePlace } from "#analysis/question/parse-place.ts";
import { createWitness, type PieceWitness } from "#analysis/question/piece-witness.ts";
import type { Question } from "#analysis/question/question.ts";
import type { RelationPiece } from "#analysis/reach/explain-relation.ts";
import type { AnyNode } from "#analysis/reach/reach-node.ts";
import { deployedReachability, type Reachability, reachability } from "#analysis/reach/reachability.ts";
import { createEvaluator } from "#policy/evaluate.ts";
import type { Issue } from "#policy/issue.ts";
import type { Verdict } from "#policy/packet.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { assertNever } from "#prelude/assert-never.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/** An answer as a value: plain JSON, true of one revision. */
export type Answer =
  | ({ readonly kind: "check"; readonly revision: number } & CheckAnswer)
  | ({ readonly kind: "relation"; readonly revision: number } & RelationJson)
  | ({ readonly kind: "graph" } & GraphJson)
  | { readonly kind: "findings"; readonly revision: number; readonly findings: readonly FindingJson[] }
  | ({ readonly kind: "what-if"; readonly revision: number } & ImpactJson)
  | ({ readonly kind: "difference"; readonly revision: number } & ImpactJson);

/** What may pass, what only one side allows, and every piece with the rules that decide it. */
export type RelationJson = {
  readonly allowed: string;
  readonly sender_only: string;
  readonly receiver_only: string;
  readonly pieces: readonly RelationPieceJson[];
  readonly depends_on: readonly { readonly end: "from" | "to"; readonly cidr: string; readonly allowed: string }[];
};

/** A piece with one packet of it, and for a denied one the rules that came closest. */
export type RelationPieceJson = PieceJson & { readonly verdict: Verdict } & Partial<PieceWitness>;

/** A finding with its one line of words. */
export type FindingJson = Finding & { readonly message: string };

/** What opens and closes, and which findings come and go. */
export type ImpactJson = Impact & {
  readonly findings_gained: readonly FindingJson[];
  readonly findings_lost: readonly FindingJson[];
};

/** Why there is no answer; worded by describe-question-problem.ts. */
export type QuestionProblem =
  | PlaceProblem
  | UnknownNode
  | TooManyAddresses
  | ScopedEditError
  | { readonly kind: "bad-headers"; readonly issues: readonly Issue[] }
  | { readonly kind: "no-such-profiles"; readonly ids: readonly ProfileId[] };

/** A question that one snapshot answers; a difference needs two. */
export type SnapshotQuestion = Exclude<Question, { kind: "difference" }>;

/** Answers a question about a snapshot. Pure: browser, server and command line get the same (I8). */
export function answer(snapshot: Snapshot, question: SnapshotQuestion): Result<Answer, QuestionProblem> {
  const { revision } = snapshot;
  switch (question.kind) {
    case "check":
      return answerCheckQuestion(snapshot, question);
    case "relation":
      return answerRelation(snapshot, question);
    case "graph":
      return answerGraph(snapshot, question);
    case "findings": {
      const unknown = (question.profiles ?? []).filter((id) => !snapshot.profiles.has(id));
      if (unknown.length > 0) return err({ kind: "no-such-profiles", ids: unknown });
      const asked = question.profiles === undefined ? undefined : new Set(question.profiles);
      return ok({ kind: "findings", revision, findings: findProblems(snapshot, asked).map(findingJson) });
    }
    case "what-if": {
      const before = judged(snapshot);
      const tried = whatIf(before, question.edits);
      if (!tried.ok) return tried;
      const { after, impact } = tried.value;
      return ok({ kind: "what-if", revision, ...impact, ...findingsJson(before, after) });
    }
    default:
      return assertNever(question);
  }
}

/** What opens and closes between two snapshots, and which findings come and go. */
export function answerDifference(before: Snapshot, after: Snapshot): Answer {
  const old = judged(before);
  const next = judged(after, old);
  return { kind: "difference", revision: after.revision, ...impactBetween(old, next), ...findingsJson(old, next) };
}

/** A finding as doors print it. */
export function findingJson(finding: Finding): FindingJson {
  return { ...finding, message: describeFinding(finding) };
}

type Ask<K extends Question["kind"]> = Extract<Question, { kind: K }>;

function answerCheckQuestion(snapshot: Snapshot, question: Ask<"check">): Result<Answer, QuestionProblem> {
  const { kind, from, to, ...fields } = question;
  const headers = parseCheckHeaders(fields);
  if (!headers.ok) return err({ kind: "bad-headers", issues: headers.error });
  const [src, dst] = [parsePlace(from, snapshot), parsePlace(to, snapshot)];
  if (!src.ok) return src;
  if (!dst.ok) return dst;
  const asked = { from: src.value, to: dst.value, ...headers.value };
  return ok({ kind, revision: snapshot.revision, ...answerCheckWithEdits(snapshot, asked) });
}

function answerRelation(snapshot: Snapshot, { kind, from, to }: Ask<"relation">): Result<Answer, QuestionProblem> {
  const [src, dst] = [parsePlace(from, snapshot), parsePlace(to, snapshot)];
  if (!src.ok) return src;
  if (!dst.ok) return dst;
  const judge = createPlaceJudge(snapshot);
  const relation = judge.relation(src.value, dst.value);
  if (!relation.ok) return relation;
  const dependsOn = judge.dependencies(src.value, dst.value);
  return ok({
    ...{ kind, revision: snapshot.revision },
    ...relationJson(relation.value, createWitness(snapshot, [src.value, dst.value], createEvaluator(snapshot))),
    depends_on: dependsOn.map(({ end, cidr, allowed }) => ({ end, cidr, allowed: formatConnectionSet(allowed) })),
  });
}

type WitnessOf = (piece: RelationPiece) => PieceWitness | undefined;

function relationJson({ allowed, senderOnly, receiverOnly, pieces }: PlaceRelation, witnessOf: WitnessOf) {
  return {
    allowed: formatConnectionSet(allowed),
    sender_only: formatConnectionSet(senderOnly),
    receiver_only: formatConnectionSet(receiverOnly),
    pieces: pieces.map((piece) => ({ verdict: piece.verdict, ...pieceJson(piece), ...witnessOf(piece) })),
  };
}

function answerGraph(snapshot: Snapshot, { kind, deployed, from, to }: Ask<"graph">): Result<Answer, QuestionProblem> {
  const whole: Reachability<AnyNode> = deployed === true ? deployedReachability(snapshot) : reachability(snapshot);
  const chosen = chooseEdges(whole, from, to);
  return chosen.ok ? ok({ kind, ...graphJson(chosen.value) }) : chosen;
}

function findingsJson(before: Judged, after: Judged): Pick<ImpactJson, "findings_gained" | "findings_lost"> {
  const { gained, lost } = findingChanges(before, after);
  return { findings_gained: gained.map(findingJson), findings_lost: lost.map(findingJson) };
}
