import { canonicalRule } from "#policy/canonical-rule.ts";
import { formatPorts } from "#policy/port-range.ts";
import { formatProtocol } from "#policy/protocol.ts";
import type { IcmpKind, Rule, SideMatch } from "#policy/rule.ts";

/** One end of a rule as the form shows it: texts, empty for any. */
export type SideFields = { readonly ports: string; readonly tag: string; readonly net: string };

/** A rule as the form shows it. The one-line text is the truth; the form writes words into it. */
export type RuleFields = {
  readonly action: string;
  readonly ipVersion: string;
  readonly protocol: string;
  readonly icmpType: string;
  readonly icmpCode: string;
  readonly src: SideFields;
  readonly dst: SideFields;
  /** Words the form has no field for: they stay in the text as they are. */
  readonly kept: KeptWords;
};

type KeptWords = {
  readonly proto: string;
  readonly icmp: string;
  readonly src: KeptSide;
  readonly dst: KeptSide;
  readonly prefix: string;
};
type KeptSide = { readonly ports: string; readonly tag: string; readonly net: string };

const NO_SIDE: SideFields = { ports: "", tag: "", net: "" };

/** The form before anything is chosen. */
export const EMPTY_FIELDS: RuleFields = {
  action: "allow",
  ipVersion: "",
  protocol: "",
  icmpType: "",
  icmpCode: "",
  src: NO_SIDE,
  dst: NO_SIDE,
  kept: { proto: "", icmp: "", src: NO_SIDE, dst: NO_SIDE, prefix: "" },
};

/** Fills the form from a rule. */
export function fieldsOfRule(rule: Rule): RuleFields {
  const { action, ipVersion, protocol, notProtocol, icmp, notIcmp, src, dst, logPrefix } = canonicalRule(rule);
  return {
    action,
    ipVersion: ipVersion === undefined ? "" : String(ipVersion),
    protocol: protocol === undefined ? "" : formatProtocol(protocol),
    icmpType: icmp === undefined ? "" : String(icmp.type),
    icmpCode: icmp?.code === undefined ? "" : String(icmp.code),
    src: sideFields(src),
    dst: sideFields(dst),
    kept: {
      proto: notProtocol === undefined ? "" : `not ${formatProtocol(notProtocol)}`,
      icmp: notIcmp === undefined ? "" : `not ${icmpWords(notIcmp)}`,
      src: keptSide(src),
      dst: keptSide(dst),
      prefix: logPrefix === undefined ? "" : `prefix ${logPrefix}`,
    },
  };
}

/** Writes the form as rule text, in the order of the grammar. What was typed stands in it as typed. */
export function ruleTextOf({ kept, ...fields }: RuleFields): string {
  const icmp = fields.icmpType === "" ? "" : `type ${fields.icmpType}${withWord("code", fields.icmpCode)}`;
  return [
    fields.action,
    fields.ipVersion === "" ? "" : `ipv${fields.ipVersion}`,
    fields.protocol,
    kept.proto,
    icmp,
    kept.icmp,
    sideText("from", fields.src, kept.src),
    sideText("to", fields.dst, kept.dst),
    kept.prefix,
  ]
    .filter((words) => words !== "")
    .join(" ");
}

function sideText(preposition: string, fields: SideFields, kept: KeptSide): string {
  const words = [
    withWord("ports", fields.ports.replaceAll(/\s*,\s*/g, ",")).trim(),
    kept.ports,
    withWord("tag", fields.tag).trim(),
    kept.tag,
    withWord("cidr", fields.net).trim(),
    kept.net,
  ].filter((each) => each !== "");
  return words.length === 0 ? "" : `${preposition} ${words.join(" ")}`;
}

function withWord(keyword: string, text: string): string {
  return text.trim() === "" ? "" : ` ${keyword} ${text.trim()}`;
}

function sideFields({ ports, tag, net }: SideMatch): SideFields {
  return { ports: ports === undefined ? "" : formatPorts(ports), tag: tag ?? "", net: net?.text ?? "" };
}

function keptSide({ notPorts, notTag, notNet }: SideMatch): KeptSide {
  return {
    ports: notPorts === undefined ? "" : `not ports ${formatPorts(notPorts)}`,
    tag: notTag === undefined ? "" : `not tag ${notTag}`,
    net: notNet === undefined ? "" : `not cidr ${notNet.text}`,
  };
}

function icmpWords({ type, code }: IcmpKind): string {
  return code === undefined ? `type ${type}` : `type ${type} code ${code}`;
}
