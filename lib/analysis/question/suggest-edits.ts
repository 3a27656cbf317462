import { type Impact, type Judged, judged, whatIf } from "#analysis/impact/impact.ts";
import type { ScopedEdit } from "#analysis/impact/scoped-edit.ts";
import { closingEdits, type EndPolicy, type Judgement, openingEdits } from "#analysis/question/candidate-edits.ts";
import { describeEdit } from "#policy/edit/describe-edit.ts";
import { evaluate } from "#policy/evaluate.ts";
import { isPoliced, type Party } from "#policy/evaluation/party.ts";
import { createPlaceResolver } from "#policy/evaluation/resolve-place.ts";
import type { Evaluation, Probe, Verdict } from "#policy/packet.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { Traffic } from "#policy/traffic.ts";

/** Edits that would turn the answer round, tried out, with everything else that they would open and close. */
export type Suggestion = {
  readonly edits: readonly ScopedEdit[];
  /** The edits in words. */
  readonly summary: string;
} & Impact;

/** What was asked and answered, and the network to write into a rule where an end is known by its address. */
export type Asked = {
  readonly probe: Probe;
  readonly evaluation: Evaluation;
  readonly nets: { readonly from?: string; readonly to?: string };
  /** What a new rule is to be about, where that is more than the probe's one packet. */
  readonly traffic?: Traffic;
};

/** True when edits turned everything round that was asked about. */
export type IsTurned = (after: Snapshot, wanted: Verdict) => boolean;

const MAX_SUGGESTIONS = 5;

/**
 * The smallest edits that would let a denied packet through, or stop an allowed one: fewest edits first, then fewest
 * other pairs changed. Every one has been applied and asked again.
 */
export function suggestEdits(
  snapshot: Snapshot,
  asked: Asked,
  isTurned: IsTurned = (after, wanted) => evaluate(after, asked.probe).verdict === wanted,
): readonly Suggestion[] {
  const { probe, evaluation } = asked;
  if (probe.connectionState !== "new") return [];
  const judgement = judgementOf(snapshot, asked);
  const wanted = evaluation.verdict === "allow" ? "deny" : "allow";
  const candidates = wanted === "allow" ? openingEdits(judgement) : closingEdits(judgement);
  let before: Judged | undefined;
  const found = new Map<string, Suggestion>();
  for (const edits of candidates) {
    const summary = edits.map(({ profile, edit }) => `${describeEdit(edit)} (${profile})`).join("; ");
    if (found.has(summary)) continue;
    before ??= judged(snapshot);
    const tried = whatIf(before, edits);
    if (!tried.ok || !isTurned(tried.value.after.snapshot, wanted)) continue;
    found.set(summary, { edits, summary, ...tried.value.impact });
  }
  return [...found.values()].sort(compareSuggestions).slice(0, MAX_SUGGESTIONS);
}

function compareSuggestions(a: Suggestion, b: Suggestion): number {
  const byCost = a.edits.length - b.edits.length || sizeOf(a) - sizeOf(b) || plainness(a) - plainness(b);
  return byCost || (a.summary < b.summary ? -1 : 1);
}

/** Among equals a tag is plainer than a rule less, and that than a rule more. */
function plainness({ edits }: Suggestion): number {
  return edits.reduce(
    (sum, { edit }) => sum + (edit.kind === "insert-rule" ? 2 : edit.kind === "remove-rule" ? 1 : 0),
    0,
  );
}

function sizeOf({ opened, closed }: Impact): number {
  return opened.length + closed.length;
}

function judgementOf(snapshot: Snapshot, { probe, evaluation, nets, traffic }: Asked): Judgement {
  const places = createPlaceResolver(snapshot);
  const sender = places.sender(probe.src, probe.ipVersion);
  const receiver = places.receiver(probe.dst, probe.ipVersion, sender);
  const { ipVersion, protocol, srcPort, dstPort, icmpType, icmpCode } = probe;
  const packet = {
    ...{ family: ipVersion, protocol },
    ...(srcPort === undefined ? {} : { srcPort }),
    ...(dstPort === undefined ? {} : { dstPort }),
    ...(icmpType === undefined ? {} : { icmpType }),
    ...(icmpCode === undefined ? {} : { icmpCode }),
  };
  const policyOf = (party: Party, net: string | undefined): EndPolicy => ({
    profileIds: isPoliced(party) ? party.profileIds : [],
    ...(net === undefined ? {} : { net }),
  });
  const ends = { from: policyOf(sender, nets.from), to: policyOf(receiver, nets.to) };
  return { snapshot, packet, evaluation, ...ends, ...(traffic === undefined ? {} : { traffic }) };
}
