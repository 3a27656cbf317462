import type { FragmentOutcome, FragmentSide, PortChunk, RuleFragment } from "#dataplane/desired/rules/rule-fragment.ts";
import { splitPorts } from "#dataplane/desired/rules/split-ports.ts";
import { subtractCidr } from "#dataplane/desired/rules/subtract-cidr.ts";
import { compactPorts, writtenPorts } from "#dataplane/desired/rules/written-ports.ts";
import { canonicalRule } from "#policy/canonical-rule.ts";
import type { CanonicalRule, Cidr, Family, Rule, SideMatch } from "#policy/rule.ts";
import { effectiveProtocol, ruleFamilies } from "#policy/rule-family.ts";

// iptables takes ICMP type 255 to mean "any"; not being 255 is true of every packet.
const UNMATCHABLE_ICMP_TYPE = 255;

// Longer port lists are written as few sorted ranges: nobody reads them, and two long lists multiply.
const MAX_LINES_AS_WRITTEN = 8;

/**
 * The lines of one rule in one family's chain, in order; together they match exactly the packets the rule matches.
 * None when the rule cannot match in this family: it is skipped there, never widened.
 */
export function ruleFragments(rule: Rule, family: Family): readonly RuleFragment[] {
  const canonical = canonicalRule(rule);
  if (!ruleFamilies(canonical).includes(family)) return [];
  const criteria = protocolCriteria(canonical);
  const written = sidePairs(rule, canonical, "written");
  const pairs = written.length <= MAX_LINES_AS_WRITTEN ? written : sidePairs(rule, canonical, "compact");
  return pairs.flatMap((pair) => outcomes(canonical).map((outcome) => ({ ...criteria, ...pair, outcome })));
}

type ProtocolCriteria = Pick<RuleFragment, "protocol" | "notProtocol" | "icmp" | "notIcmp">;
type SidePair = { readonly src: FragmentSide; readonly dst: FragmentSide };

function protocolCriteria(rule: CanonicalRule): ProtocolCriteria {
  const protocol = effectiveProtocol(rule);
  const notIcmp = rule.notIcmp?.type === UNMATCHABLE_ICMP_TYPE ? undefined : rule.notIcmp;
  return {
    ...(protocol !== undefined && { protocol }),
    // Beside a positive protocol the negated one says nothing more, and iptables takes only one -p.
    ...(protocol === undefined && rule.notProtocol !== undefined && { notProtocol: rule.notProtocol }),
    ...(rule.icmp && { icmp: rule.icmp }),
    ...(notIcmp && { notIcmp }),
  };
}

/** Positive lists split into alternatives, so two long ones need the cross product; negated ones stay in every line. */
function sidePairs(rule: Rule, canonical: CanonicalRule, form: PortForm): readonly SidePair[] {
  const sources = sideAlternatives(canonical.src, {
    ports: portList(writtenPorts(rule, "src_ports"), form),
    notPorts: portList(writtenPorts(rule, "!src_ports"), form),
  });
  const destinations = sideAlternatives(canonical.dst, {
    ports: portList(writtenPorts(rule, "dst_ports"), form),
    notPorts: portList(writtenPorts(rule, "!dst_ports"), form),
  });
  return sources.flatMap((src) => destinations.map((dst) => ({ src, dst })));
}

type PortForm = "written" | "compact";
type SidePorts = {
  readonly ports: readonly PortChunk[] | undefined;
  readonly notPorts: readonly PortChunk[] | undefined;
};

function portList(ports: ReturnType<typeof writtenPorts>, form: PortForm): readonly PortChunk[] | undefined {
  const list = form === "written" ? ports : compactPorts(ports);
  return list && splitPorts(list);
}

function sideAlternatives(side: SideMatch, ports: SidePorts): readonly FragmentSide[] {
  const nets = netAlternatives(side.net, side.notNet);
  const chunks = ports.ports?.map((chunk) => ({ ports: chunk })) ?? [{}];
  return nets.flatMap((net) =>
    chunks.map((chunk) => ({
      ...net,
      ...(side.tag !== undefined && { tag: side.tag }),
      ...(side.notTag !== undefined && { notTag: side.notTag }),
      ...chunk,
      ...(ports.notPorts && { notPorts: ports.notPorts }),
    })),
  );
}

/** A /0 never becomes a match: iptables drops it from the line, and its negation with it. */
function netAlternatives(
  net: Cidr | undefined,
  notNet: Cidr | undefined,
): readonly Pick<FragmentSide, "net" | "notNet">[] {
  if (notNet?.prefix === 0) return [];
  if (net !== undefined && notNet !== undefined) return subtractCidr(net, notNet).map(onlyNet);
  if (notNet !== undefined) return [{ notNet }];
  return net === undefined ? [{}] : [onlyNet(net)];
}

function onlyNet(net: Cidr): Pick<FragmentSide, "net"> {
  return net.prefix === 0 ? {} : { net };
}

function outcomes(rule: CanonicalRule): readonly FragmentOutcome[] {
  const log: FragmentOutcome = { kind: "log", prefix: rule.logPrefix ?? "tortie" };
  const first = rule.logPrefix === undefined ? [] : [log];
  switch (rule.action) {
    case "allow":
      return [...first, { kind: "accept" }];
    case "deny":
      return [...first, { kind: "drop" }];
    case "next-tier":
      return [...first, { kind: "leave-profile" }];
    case "log":
      return [log];
  }
}
