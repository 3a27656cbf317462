import fc from "fast-check";
import { describe, it } from "vitest";
import { createPlaceJudge } from "#analysis/between/relation-between.ts";
import { contains } from "#analysis/connections/connection-set.ts";
import type { Decision } from "#analysis/connections/policy-diagram.ts";
import type { AskedPlace } from "#analysis/question/parse-place.ts";
import { arbitraryHeaders, fail, type Header } from "#analysis/testing/probing-set.ts";
import { formatAddress, parseAddress } from "#policy/address.ts";
import { cidrContains, parseCidr } from "#policy/cidr.ts";
import { createEvaluator } from "#policy/evaluate.ts";
import { createPlaceResolver } from "#policy/evaluation/resolve-place.ts";
import { unnamedAddresses } from "#policy/evaluation/unnamed-address.ts";
import type { Place, Probe } from "#policy/packet.ts";
import type { Family } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import { arbitraryState } from "#testing/arbitrary-state.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

const STATES = 2_000;
const HEADERS_PER_PAIR = 24;

const ADDRESSES = [
  ...["10.0.0.1", "10.0.0.2", "10.0.5.0", "10.9.9.9", "10.0.0.77", "10.255.255.255", "11.0.0.0", "9.255.255.255"],
  ...["10.0.0.0", "10.0.1.0", "10.0.0.255", "172.16.0.1", "172.16.0.2", "172.16.0.3", "172.16.0.4", "192.0.2.9"],
  ...["fd00::1", "fd00::2", "fd00:1::9", "fd00::", "fd01::", "2001:db8::77", "fd00::99"],
];

const PLACES: readonly AskedPlace[] = [
  ...["a", "b", "c", "a", "b"].map((name) => ({ kind: "endpoint", name }) as const),
  ...["P", "Q", "R"].map((id) => ({ kind: "profile", id }) as const),
  ...["h1", "h2"].map((name) => ({ kind: "host", name }) as const),
  { kind: "world" },
  ...ADDRESSES.map((address) => ({ kind: "address", address }) as const),
  ...["10.0.0.0/8", "10.0.0.0/24", "0.0.0.0/0", "172.16.0.0/30", "fd00::/16", "::/0", "10.0.4.0/23"].flatMap((text) => {
    const cidr = parseCidr(text);
    return cidr.ok ? [{ kind: "cidr", cidr: cidr.value } as const] : [];
  }),
];

describe("relations between any two places on random small states", PROPERTY_TIMEOUT, () => {
  it("R9 are what evaluate says of every packet, and each piece names the rules that evaluate names", () => {
    const place = fc.constantFrom(...PLACES);
    fc.assert(
      fc.property(
        fc.tuple(arbitraryState(), place, place),
        arbitraryHeaders(HEADERS_PER_PAIR),
        ([state, from, to], headers) => {
          const snapshot = snapshotFromEntries(parseStateValue(state).entries);
          const relation = createPlaceJudge(snapshot).relation(from, to);
          if (!relation.ok) fail("refused", relation.error);
          const evaluate = createEvaluator(snapshot);
          for (const header of headers) {
            for (const [src, dst] of pairsOf(snapshot, [from, to], header.family)) {
              const probe = probeOf([src, dst], header);
              const { verdict, sender, receiver } = evaluate(probe);
              const packet = { ...header, src: numberOf(src.address), dst: numberOf(dst.address) };
              const about = { state, from, to, probe, verdict, sender: sender.decidedBy, receiver: receiver.decidedBy };
              const isPair = verdict === "allow";
              if (contains(relation.value.allowed, packet) !== isPair) fail("allowed", about);
              const found = relation.value.pieces.filter(({ set }) => contains(set, packet));
              const [piece] = found;
              if (found.length !== 1 || piece === undefined) fail("pieces overlap or leave gaps", { about, found });
              if (!isSame(piece.sender, sender) || !isSame(piece.receiver, receiver))
                fail("decisions", { about, piece });
            }
          }
        },
      ),
      runCount(STATES),
    );
  });
});

type End = { readonly place: Place; readonly address?: string; readonly isStated: boolean };

function pairsOf(snapshot: Snapshot, places: readonly [AskedPlace, AskedPlace], family: Family) {
  const [from, to] = [
    endsOf(snapshot, { place: places[0], family, index: 0 }),
    endsOf(snapshot, { place: places[1], family, index: 1 }),
  ];
  return from.flatMap((src) => to.map((dst) => [src, dst] as const));
}

type Asked = { readonly place: AskedPlace; readonly family: Family; readonly index: 0 | 1 };

/** The place as evaluate can be asked about it, at addresses on both sides of every boundary. */
function endsOf(snapshot: Snapshot, { place, family, index }: Asked): readonly End[] {
  const at = (address: string): End => ({ place: { kind: "ip", address }, address, isStated: false });
  switch (place.kind) {
    case "world":
      return [at(formatAddress(family, unnamedAddresses(snapshot, family, 2)[index] ?? 0n))];
    case "address":
      return familyOf(place.address) === family ? [at(place.address)] : [];
    case "cidr":
      return ADDRESSES.filter(
        (text) => cidrContains(place.cidr, familyOf(text), numberOf(text)) && familyOf(text) === family,
      ).map(at);
    case "endpoint": {
      const party = createPlaceResolver(snapshot).sender(place, family);
      const addresses = party.kind === "workload" ? party.addresses : [];
      const stated = addresses.map((each): End => ({ place, address: formatAddress(family, each), isStated: true }));
      return stated.length === 0 ? [{ place, isStated: false }] : stated;
    }
    case "profile":
    case "host":
      return [{ place, isStated: false }];
  }
}

function probeOf([src, dst]: readonly [End, End], { family, ...header }: Header): Probe {
  return {
    ...{ src: src.place, dst: dst.place, ipVersion: family, connectionState: "new", ...header },
    ...(src.isStated && src.address !== undefined ? { srcIp: src.address } : {}),
    ...(dst.isStated && dst.address !== undefined ? { dstIp: dst.address } : {}),
  };
}

function isSame(a: Decision, b: Decision): boolean {
  const [x, y] = [a.decidedBy, b.decidedBy];
  if (a.verdict !== b.verdict || x.kind !== y.kind || x.profile !== y.profile) return false;
  return x.kind !== "rule" || y.kind !== "rule" || x.position === y.position;
}

function familyOf(text: string): Family {
  return text.includes(":") ? 6 : 4;
}

function numberOf(text: string | undefined): bigint {
  const address = text === undefined ? undefined : parseAddress(text);
  return address?.ok ? address.value.value : 0n;
}
