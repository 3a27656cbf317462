import type { EndCell } from "#analysis/between/end-cells.ts";
import { factsOfParty, type PlaceFacts } from "#analysis/between/place-facts.ts";
import { type ConnectionSet, union } from "#analysis/connections/connection-set.ts";
import { type Diagram, leaf, select } from "#analysis/connections/diagram.ts";
import { type Decision, type Ends, policyDiagram } from "#analysis/connections/policy-diagram.ts";
import { ruleRegion } from "#analysis/connections/rule-region.ts";
import { endpointToHostAction } from "#policy/default-endpoint-to-host.ts";
import { isOwnHost, isPoliced, type Party, type PolicedParty } from "#policy/evaluation/party.ts";
import type { NoRuleReason, Verdict } from "#policy/packet.ts";
import { parseStoredRule } from "#policy/parse-stored-rule.ts";
import type { Direction, Family } from "#policy/rule.ts";

/** What each side decides about every new connection between two cells. */
export type Sides = { readonly sender: Diagram<Decision>; readonly receiver: Diagram<Decision> };

/** Gives equal decisions one object, so that diagrams can join them. */
export type InternDecision = (decision: Decision) => Decision;

/** The cells, and the family that both are of. */
export type CellPair = { readonly family: Family; readonly sender: EndCell; readonly receiver: EndCell };

/**
 * The way of a new packet for all packets at once: the same stages in the same order as evaluate has them, each laid
 * over what comes after it. That it agrees with evaluate is proved by R9.
 */
export function judgeSides(facts: PlaceFacts, pair: CellPair, intern: InternDecision): Sides {
  const say = (verdict: Verdict, kind: NoRuleReason) => leaf(intern({ verdict, decidedBy: { kind } }));
  const ends: Ends = {
    src: factsOfParty(facts, pair.sender.party, pair.sender.address),
    dst: factsOfParty(facts, pair.receiver.party, pair.receiver.address),
  };
  const walk = ({ profileIds }: PolicedParty, direction: Direction) =>
    policyDiagram({ profiles: facts.snapshot.profiles, profileIds, direction }, ends, intern);
  const [sender, receiver] = [pair.sender.party, pair.receiver.party];
  const free = say("allow", "not-policed");
  if (isOwnHost(receiver, sender)) return { sender: free, receiver: free };
  if (isOwnHost(sender, receiver)) return { sender: towardsHost(facts, pair, { say, walk }), receiver: free };
  const stop = isPoliced(sender) ? stopBeforePolicy(sender) : undefined;
  const outbound = isPoliced(sender)
    ? stop === undefined
      ? outboundOf(sender, { say, walk })
      : say("deny", stop)
    : free;
  if (!isPoliced(receiver)) return { sender: outbound, receiver: free };
  if (stop !== undefined) return { sender: outbound, receiver: say("deny", "other-side-denied") };
  const shut = hasNoAddress(receiver) ? "no-address" : stateOf(receiver);
  return { sender: outbound, receiver: shut === undefined ? walk(receiver, "inbound") : say("deny", shut) };
}

type Tools = {
  readonly say: (verdict: Verdict, kind: NoRuleReason) => Diagram<Decision>;
  readonly walk: (party: PolicedParty, direction: Direction) => Diagram<Decision>;
};

function towardsHost(facts: PlaceFacts, { family, sender }: CellPair, { say, walk }: Tools): Diagram<Decision> {
  const { party } = sender;
  if (party.kind !== "workload") return say("allow", "not-policed");
  const isDropped = endpointToHostAction(facts.snapshot, party.host ?? "") === "DROP";
  const rest = isDropped ? say("deny", "default-endpoint-to-host") : outboundOf(party, { say, walk });
  return select(exemptions(family), say("allow", "host-exemption"), rest);
}

function outboundOf(sender: PolicedParty, { say, walk }: Tools): Diagram<Decision> {
  const state = stateOf(sender);
  return state === undefined ? walk(sender, "outbound") : say("deny", state);
}

/** Why the packet cannot be what the question claims, so that the other side has nothing to answer. */
function stopBeforePolicy(sender: PolicedParty): NoRuleReason | undefined {
  if (hasNoAddress(sender)) return "no-address";
  return sender.kind === "workload" && sender.state === "unknown" ? "endpoint-unknown" : undefined;
}

function hasNoAddress(party: Party): boolean {
  return (
    party.kind === "workload" &&
    (party.state === "active" || party.state === "inactive") &&
    party.addresses.length === 0
  );
}

function stateOf(party: PolicedParty): NoRuleReason | undefined {
  if (party.kind === "hypothetical" || party.state === "active") return undefined;
  return `endpoint-${party.state}`;
}

const HOUSEKEEPING: readonly number[] = [130, 131, 132, 133, 135, 136];
const DNS = { protocol: "udp", dst_ports: [53] };
const EXEMPT: Readonly<Record<Family, readonly Readonly<Record<string, unknown>>[]>> = {
  4: [DNS, { protocol: "udp", src_ports: [68], dst_ports: [67] }],
  6: [
    DNS,
    { protocol: "udp", src_ports: [546], dst_ports: [547] },
    ...HOUSEKEEPING.map((type) => ({ protocol: "icmpv6", icmp_type: type })),
  ],
};

/** What an endpoint may always send to its own host (policy-model 2.9), as a set. */
function exemptions(family: Family): ConnectionSet {
  return EXEMPT[family]
    .map((json) => {
      const rule = parseStoredRule(json);
      if (!rule.ok) throw new Error("an exemption is no rule");
      return ruleRegion(rule.value);
    })
    .reduce(union);
}
