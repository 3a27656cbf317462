import { canonicalRule } from "#policy/canonical-rule.ts";
import { formatPorts } from "#policy/port-range.ts";
import { formatProtocol, ICMP, ICMPV6 } from "#policy/protocol.ts";
import type { Action, CanonicalRule, Direction, IcmpKind, PortRange, Rule, SideMatch } from "#policy/rule.ts";

/** A piece of a cell: a word of the interface, or an identifier set in mono. */
export type CellPart = {
  readonly kind: "word" | "strong" | "plain" | "mono" | "quiet" | "tag" | "net";
  readonly text: string;
};

/** A piece with its place in the cell: the same words may stand there twice. */
export type PlacedPart = CellPart & { readonly place: number };

/** A rule as the two columns of a list: what it is about at the left, who is on the other end at the right. */
export type RuleCells = {
  readonly action: Action;
  readonly what: readonly PlacedPart[];
  readonly who: readonly PlacedPart[];
  /** True when the other end is not restricted at all. */
  readonly isAnyone: boolean;
  /** True when the rule takes every packet that reaches it. */
  readonly isEverything: boolean;
};

const NO_CRITERIA: readonly (keyof CanonicalRule)[] = ["ipVersion", "protocol", "notProtocol", "icmp", "notIcmp"];

/** Splits a rule into its two columns; nothing of the rule is left out. */
export function ruleCells(rule: Rule, direction: Direction): RuleCells {
  const canonical = canonicalRule(rule);
  const { src, dst } = canonical;
  const [near, far] = direction === "inbound" ? [dst, src] : [src, dst];
  const farPlace = placeParts(far);
  const isBare = NO_CRITERIA.every((field) => canonical[field] === undefined);
  const isEverything = isBare && Object.keys(src).length === 0 && Object.keys(dst).length === 0;
  const nearPlace = placeParts(near);
  const who: readonly CellPart[] = [
    ...farPlace,
    ...(src.ports || src.notPorts ? [word(farPlace.length > 0 ? "from ports" : "ports"), ...portParts(src)] : []),
    ...(nearPlace.length > 0 ? [word(direction === "inbound" ? "to" : "from"), ...nearPlace] : []),
    ...(canonical.logPrefix === undefined ? [] : [word("prefix"), mono(canonical.logPrefix)]),
  ];
  return {
    action: canonical.action,
    what: placed(whatParts(canonical, dst)),
    who: placed(who),
    isAnyone: farPlace.length === 0,
    isEverything,
  };
}

/** True when no packet gets past the rule: nothing behind it is ever asked. */
export function takesEverything(rule: Rule): boolean {
  const { action } = canonicalRule(rule);
  return (action === "allow" || action === "deny") && ruleCells(rule, "inbound").isEverything;
}

function placed(parts: readonly CellPart[]): readonly PlacedPart[] {
  return parts.map((part, place) => ({ ...part, place }));
}

function whatParts(rule: CanonicalRule, dst: SideMatch): readonly CellPart[] {
  const parts: CellPart[] = [];
  if (rule.protocol !== undefined) parts.push({ kind: "strong", text: formatProtocol(rule.protocol) });
  if (rule.notProtocol !== undefined)
    parts.push(word("not"), { kind: "strong", text: formatProtocol(rule.notProtocol) });
  const hasIcmp = rule.icmp !== undefined || rule.notIcmp !== undefined;
  if (hasIcmp && rule.protocol !== ICMP && rule.protocol !== ICMPV6) parts.push({ kind: "strong", text: "icmp" });
  if (rule.icmp) parts.push(...icmpParts(rule.icmp));
  if (rule.notIcmp) parts.push(word("not"), ...icmpParts(rule.notIcmp));
  parts.push(...portParts(dst));
  if (parts.length === 0) parts.push({ kind: "quiet", text: "everything" });
  if (rule.ipVersion !== undefined) parts.push({ kind: "quiet", text: `v${rule.ipVersion}` });
  return parts;
}

function icmpParts({ type, code }: IcmpKind): readonly CellPart[] {
  const kind: CellPart[] = [{ kind: "plain", text: "type" }, mono(String(type))];
  return code === undefined ? kind : [...kind, { kind: "plain", text: "code" }, mono(String(code))];
}

function portParts({ ports, notPorts }: SideMatch): readonly CellPart[] {
  return [
    ...(ports ? [mono(spacedPorts(ports))] : []),
    ...(notPorts ? [word("not"), mono(spacedPorts(notPorts))] : []),
  ];
}

function placeParts({ tag, notTag, net, notNet }: SideMatch): readonly CellPart[] {
  return [
    ...(tag === undefined ? [] : [{ kind: "tag" as const, text: tag }]),
    ...(notTag === undefined ? [] : [word("not"), { kind: "tag" as const, text: notTag }]),
    ...(net === undefined ? [] : [{ kind: "net" as const, text: net.text }]),
    ...(notNet === undefined ? [] : [word("not"), { kind: "net" as const, text: notNet.text }]),
  ];
}

function spacedPorts(ports: readonly PortRange[]): string {
  return formatPorts(ports).replaceAll(",", ", ");
}

function word(text: string): CellPart {
  return { kind: "word", text };
}

function mono(text: string): CellPart {
  return { kind: "mono", text };
}
