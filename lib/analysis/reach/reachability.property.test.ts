import fc from "fast-check";
import { describe, it } from "vitest";
import { connectionSetKey, contains, coordinateOf, isEmpty } from "#analysis/connections/connection-set.ts";
import { valueAt } from "#analysis/connections/diagram.ts";
import { type Decision, type EndFacts, policyDiagram } from "#analysis/connections/policy-diagram.ts";
import { type PlacedNode, placeNodes } from "#analysis/reach/reach-node.ts";
import { reachability } from "#analysis/reach/reachability.ts";
import { HEADERS, type Header } from "#analysis/testing/probing-set.ts";
import { formatAddress, parseAddress } from "#policy/address.ts";
import { decide } from "#policy/decide.ts";
import { createEvaluator } from "#policy/evaluate.ts";
import type { Membership } from "#policy/evaluation/match-rule.ts";
import type { Packet, Place, Probe } from "#policy/packet.ts";
import type { Family } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import { tagMembers } from "#policy/tag-members.ts";
import { arbitraryState } from "#testing/arbitrary-state.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

const STATES = 25;
function snapshotOf(state: unknown): Snapshot {
  return snapshotFromEntries(parseStateValue(state).entries);
}

function fail(what: string, details: unknown): never {
  throw new Error(
    `${what}: ${JSON.stringify(details, (_key, value) => (typeof value === "bigint" ? `${value}` : value))}`,
  );
}

describe("the judge on random small states", PROPERTY_TIMEOUT, () => {
  it("R2 allows exactly what evaluate allows, for every pair of places, and names the same rules", () => {
    fc.assert(
      fc.property(arbitraryState(), (state) => {
        const snapshot = snapshotOf(state);
        const reach = reachability(snapshot);
        const { placed } = placeNodes(snapshot);
        const evaluate = createEvaluator(snapshot);
        placed.forEach((from, fromIndex) => {
          placed.forEach((to, toIndex) => {
            const relation = reach.relation(fromIndex, toIndex);
            if (relation === undefined) return;
            const pieces = reach.explain(fromIndex, toIndex);
            for (const header of HEADERS) {
              const places = placesOf(snapshot, [from, to], header.family);
              if (places === undefined) continue;
              const packet: Packet = { ...header, src: 0n, dst: 0n };
              const { verdict, sender, receiver } = evaluate(probeOf(places, header));
              const about = { from: from.node, to: to.node, header, verdict, sender, receiver };
              if (contains(relation.allowed, packet) !== (verdict === "allow")) fail("allowed", about);
              const found = pieces.filter((piece) => contains(piece.set, packet));
              const [piece] = found;
              if (found.length !== 1 || piece === undefined) fail("pieces overlap or leave gaps", { about, found });
              if (piece.verdict !== verdict) fail("verdict of the piece", about);
              if (!sameDecision(piece.sender, sender) || !sameDecision(piece.receiver, receiver)) {
                fail("deciding rules", { about, piece });
              }
            }
          });
        });
      }),
      runCount(STATES),
    );
  });

  it("R3 splits each pair of profiles into what both, one or neither side allows", () => {
    fc.assert(
      fc.property(arbitraryState(), (state) => {
        const reach = reachability(snapshotOf(state));
        for (const { fromIndex, toIndex, relation } of [...reach.edges("allowed"), ...reach.edges("half-open")]) {
          const pieces = reach.explain(fromIndex, toIndex);
          for (const header of HEADERS) {
            const packet: Packet = { ...header, src: 0n, dst: 0n };
            const piece = pieces.find(({ set }) => contains(set, packet));
            if (piece === undefined) continue;
            const isTwoSided = reach.nodes[fromIndex]?.kind === "profile" && reach.nodes[toIndex]?.kind === "profile";
            const sides = [piece.sender.verdict === "allow", piece.receiver.verdict === "allow"] as const;
            if (contains(relation.senderOnly, packet) !== (isTwoSided && sides[0] && !sides[1]))
              fail("senderOnly", header);
            if (contains(relation.receiverOnly, packet) !== (isTwoSided && !sides[0] && sides[1])) {
              fail("receiverOnly", header);
            }
          }
          if (isEmpty(relation.allowed) && isEmpty(relation.senderOnly) && isEmpty(relation.receiverOnly)) {
            fail("an edge without connections", connectionSetKey(relation.allowed));
          }
        }
      }),
      runCount(STATES),
    );
  });

  it("R4 decides for ordered profile lists and real addresses what the walk decides", () => {
    const ids = ["P", "Q", "R", "GONE"] as never[];
    fc.assert(
      fc.property(arbitraryState(), fc.shuffledSubarray(ids), fc.boolean(), (state, profileIds, isInbound) => {
        const snapshot = snapshotOf(state);
        const members = tagMembers(snapshot);
        const isMember: Membership = (tag, family, address) => members.get(tag)?.[family].has(address) ?? false;
        const direction = isInbound ? "inbound" : "outbound";
        const policy = { profiles: snapshot.profiles, profileIds, direction } as const;
        for (const [src, dst] of [
          [at("10.0.0.1", "fd00::1"), at("10.9.9.9", "fd00:1::9")],
          [at("192.0.2.9", "2001:db8::77"), at("10.0.5.0", "fd00::2")],
        ] as const) {
          const ends = { src: factsOf(src, isMember), dst: factsOf(dst, isMember) };
          const diagram = policyDiagram(policy, ends, (decision) => decision);
          for (const header of HEADERS) {
            const packet: Packet = { ...header, src: src[header.family], dst: dst[header.family] };
            const walked = decide({ profiles: snapshot.profiles, isMember }, policy, packet);
            const judged = valueAt(diagram, (level) => coordinateOf(packet, level));
            if (!sameDecision(judged, walked)) fail("decision", { header, judged, walked });
          }
        }
      }),
      runCount(STATES),
    );
  });
});

type Addresses = Readonly<Record<Family, bigint>>;

function at(v4: string, v6: string): Addresses {
  const numbers = [parseAddress(v4), parseAddress(v6)].map((address) => (address.ok ? address.value.value : 0n));
  return { 4: numbers[0] ?? 0n, 6: numbers[1] ?? 0n };
}

function factsOf(addresses: Addresses, isMember: Membership): EndFacts {
  return {
    holdsTag: (tag, family) => isMember(tag, family, addresses[family]),
    address: (family) => addresses[family],
  };
}

function sameDecision(a: Decision, b: Decision): boolean {
  const [x, y] = [a.decidedBy, b.decidedBy];
  if (a.verdict !== b.verdict || x.kind !== y.kind || x.profile !== y.profile) return false;
  return x.kind !== "rule" || y.kind !== "rule" || x.position === y.position;
}

/** The places to ask evaluate about; nothing where a network has no address of the family or only known ones. */
function placesOf(
  snapshot: Snapshot,
  nodes: readonly [PlacedNode, PlacedNode],
  family: Family,
): readonly [Place, Place] | undefined {
  const [src, dst] = nodes.map(({ node, facts }): Place | undefined => {
    if (node.kind === "profile") return { kind: "profile", id: node.id };
    if (node.kind === "cidr" && node.family !== family) return undefined;
    const address = formatAddress(family, facts.address(family));
    return isKnown(snapshot, address) ? undefined : { kind: "ip", address };
  });
  return src === undefined || dst === undefined ? undefined : [src, dst];
}

function isKnown(snapshot: Snapshot, address: string): boolean {
  if ([...snapshot.hosts.values()].some(({ ip }) => ip === address)) return true;
  return [...snapshot.endpoints.values()].some(
    ({ value }) =>
      value.kind === "valid" &&
      [...value.value.ipv4Nets, ...value.value.ipv6Nets].some(({ addressText }) => addressText === address),
  );
}

function probeOf([src, dst]: readonly [Place, Place], { family, ...header }: Header): Probe {
  return { src, dst, ipVersion: family, connectionState: "new", ...header };
}
