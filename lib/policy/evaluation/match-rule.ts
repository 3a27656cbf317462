import { formatAddress } from "#policy/address.ts";
import { canonicalRule } from "#policy/canonical-rule.ts";
import { cidrContains } from "#policy/cidr.ts";
import type { FailedCriterion, Packet } from "#policy/packet.ts";
import { formatPorts, portsContain } from "#policy/port-range.ts";
import { formatProtocol } from "#policy/protocol.ts";
import type { CanonicalRule, Family, IcmpKind, PortRange, Rule, SideMatch } from "#policy/rule.ts";
import { effectiveProtocol, ruleFamilies } from "#policy/rule-family.ts";
import type { Tag } from "#policy/tag.ts";

/** Whether an address counts as a member of a tag. */
export type Membership = (tag: Tag, family: Family, address: bigint) => boolean;

/** A rule as the walk uses it: canonical, with what would otherwise be derived again for every packet. */
export type PreparedRule = {
  readonly rule: Rule;
  readonly canonical: CanonicalRule;
  readonly families: readonly Family[];
  readonly protocol: number | undefined;
};

type Subject = { readonly prepared: PreparedRule; readonly packet: Packet; readonly isMember: Membership };

/** One criterion: `holds` is true as well where the rule does not set it; `describe` is asked only when it fails. */
type Criterion = {
  readonly holds: (subject: Subject) => boolean;
  readonly describe: (subject: Subject) => FailedCriterion;
};

const preparedByRule = new WeakMap<Rule, PreparedRule>();

/** Derives what the walk needs of a rule; remembered per rule object. */
export function prepareRule(rule: Rule): PreparedRule {
  const known = preparedByRule.get(rule);
  if (known !== undefined) return known;
  const canonical = canonicalRule(rule);
  const prepared = { rule, canonical, families: ruleFamilies(canonical), protocol: effectiveProtocol(canonical) };
  preparedByRule.set(rule, prepared);
  return prepared;
}

/** True when the packet meets every criterion of the rule (E3). */
export function ruleMatches(prepared: PreparedRule, packet: Packet, isMember: Membership): boolean {
  if (!prepared.families.includes(packet.family)) return false;
  const subject = { prepared, packet, isMember };
  return CRITERIA.every((criterion) => criterion.holds(subject));
}

/** Every criterion the packet fails, in the order of the rule's words; empty exactly when the rule matches. */
export function failedCriteria(
  prepared: PreparedRule,
  packet: Packet,
  isMember: Membership,
): readonly FailedCriterion[] {
  const subject = { prepared, packet, isMember };
  const failed = CRITERIA.filter((criterion) => !criterion.holds(subject)).map((one) => one.describe(subject));
  if (failed.length > 0 || prepared.families.includes(packet.family)) return failed;
  return [familyFailure(prepared, packet)];
}

function familyFailure({ families }: PreparedRule, packet: Packet): FailedCriterion {
  const wanted = families.length === 0 ? "its parts contradict each other" : `IPv${families.join(", IPv")}`;
  return { field: "ip_version", wanted, found: `IPv${packet.family}` };
}

const CRITERIA: readonly Criterion[] = [
  {
    holds: ({ prepared: { canonical }, packet }) =>
      canonical.ipVersion === undefined || canonical.ipVersion === packet.family,
    describe: ({ prepared, packet }) => familyFailure(prepared, packet),
  },
  {
    holds: ({ prepared, packet }) => prepared.protocol === undefined || prepared.protocol === packet.protocol,
    describe: ({ prepared, packet }) => ({
      field: "protocol",
      wanted: formatProtocol(prepared.protocol ?? 0),
      found: formatProtocol(packet.protocol),
    }),
  },
  {
    holds: ({ prepared: { canonical }, packet }) => canonical.notProtocol !== packet.protocol,
    describe: ({ packet }) => negated("protocol", formatProtocol(packet.protocol), formatProtocol(packet.protocol)),
  },
  {
    holds: ({ prepared: { canonical }, packet }) => canonical.icmp === undefined || isIcmp(canonical.icmp, packet),
    describe: ({ prepared: { canonical }, packet }) => ({
      field: canonical.icmp?.code === undefined ? "icmp_type" : "icmp_code",
      wanted: canonical.icmp === undefined ? "" : formatIcmp(canonical.icmp),
      found: foundIcmp(packet),
    }),
  },
  {
    // Type and code together are one criterion: what is excluded is the pair, not each of its halves.
    holds: ({ prepared: { canonical }, packet }) =>
      canonical.notIcmp === undefined || !isIcmp(canonical.notIcmp, packet),
    describe: ({ packet, prepared: { canonical } }) =>
      negated(canonical.notIcmp?.code === undefined ? "icmp_type" : "icmp_code", foundIcmp(packet), foundIcmp(packet)),
  },
  ...sideCriteria("src"),
  ...sideCriteria("dst"),
];

function sideCriteria(side: "src" | "dst"): readonly Criterion[] {
  const portOf = (packet: Packet) => (side === "src" ? packet.srcPort : packet.dstPort);
  const sideOf = ({ prepared: { canonical } }: Subject): SideMatch => canonical[side];
  const foundAddress = ({ packet }: Subject) => formatAddress(packet.family, packet[side]);
  const foundPort = ({ packet }: Subject) => String(portOf(packet) ?? "no port");
  const hasPort = (ranges: readonly PortRange[], { packet }: Subject) => {
    const port = portOf(packet);
    return port !== undefined && portsContain(ranges, port);
  };
  return [
    {
      holds: (subject) => {
        const { ports } = sideOf(subject);
        return ports === undefined || hasPort(ports, subject);
      },
      describe: (subject) => wantedOf(`${side}_ports`, formatPorts(sideOf(subject).ports ?? []), foundPort(subject)),
    },
    {
      holds: (subject) => {
        const { notPorts } = sideOf(subject);
        return notPorts === undefined || !hasPort(notPorts, subject);
      },
      describe: (subject) => negated(`${side}_ports`, formatPorts(sideOf(subject).notPorts ?? []), foundPort(subject)),
    },
    {
      holds: (subject) => {
        const { tag } = sideOf(subject);
        return tag === undefined || subject.isMember(tag, subject.packet.family, subject.packet[side]);
      },
      describe: (subject) => wantedOf(`${side}_tag`, sideOf(subject).tag ?? "", foundAddress(subject)),
    },
    {
      holds: (subject) => {
        const { notTag } = sideOf(subject);
        return notTag === undefined || !subject.isMember(notTag, subject.packet.family, subject.packet[side]);
      },
      describe: (subject) => negated(`${side}_tag`, sideOf(subject).notTag ?? "", foundAddress(subject)),
    },
    {
      holds: (subject) => {
        const { net } = sideOf(subject);
        return net === undefined || cidrContains(net, subject.packet.family, subject.packet[side]);
      },
      describe: (subject) => wantedOf(`${side}_net`, sideOf(subject).net?.text ?? "", foundAddress(subject)),
    },
    {
      // A negated network names its family as well: the other family is no match, not "outside of it" (2.7).
      holds: (subject) => {
        const { notNet } = sideOf(subject);
        if (notNet === undefined) return true;
        const { family } = subject.packet;
        return notNet.family === family && !cidrContains(notNet, family, subject.packet[side]);
      },
      describe: (subject) => negated(`${side}_net`, sideOf(subject).notNet?.text ?? "", foundAddress(subject)),
    },
  ];
}

/** Type 255 is legal data that no packet has: never equal, so its negation always holds (E3). */
function isIcmp(kind: IcmpKind, packet: Packet): boolean {
  if (kind.type === 255 || packet.icmpType !== kind.type) return false;
  return kind.code === undefined || packet.icmpCode === kind.code;
}

function wantedOf(field: string, wanted: string, found: string): FailedCriterion {
  return { field, wanted, found };
}

function negated(field: string, wanted: string, found: string): FailedCriterion {
  return { field: `!${field}`, wanted: `not ${wanted}`, found };
}

function formatIcmp(kind: IcmpKind): string {
  return kind.code === undefined ? String(kind.type) : `${kind.type}/${kind.code}`;
}

function foundIcmp({ icmpType, icmpCode }: Packet): string {
  if (icmpType === undefined) return "no type";
  return icmpCode === undefined ? String(icmpType) : `${icmpType}/${icmpCode}`;
}
