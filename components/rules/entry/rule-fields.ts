import { canonicalRule } from "#policy/canonical-rule.ts";
import { formatPorts } from "#policy/port-range.ts";
import { formatProtocol } from "#policy/protocol.ts";
import type { IcmpKind, Rule, SideMatch } from "#policy/rule.ts";

/** What one end must be, as the form shows it: texts, empty for any. */
export type PlaceFields = { readonly ports: string; readonly tag: string; readonly net: string };

/** One end of a rule: what it must be, and what it must not be. */
export type SideFields = PlaceFields & { readonly not: PlaceFields };

/** An ICMP type and code as typed. */
export type IcmpFields = { readonly type: string; readonly code: string };

/** A rule as the form shows it, every field in both polarities. The one-line text is the truth; the form writes words into it. */
export type RuleFields = {
  readonly action: string;
  readonly ipVersion: string;
  readonly protocol: string;
  readonly notProtocol: string;
  readonly icmp: IcmpFields;
  readonly notIcmp: IcmpFields;
  readonly src: SideFields;
  readonly dst: SideFields;
  readonly prefix: string;
};

const NO_PLACE: PlaceFields = { ports: "", tag: "", net: "" };
const NO_SIDE: SideFields = { ...NO_PLACE, not: NO_PLACE };
const NO_ICMP: IcmpFields = { type: "", code: "" };

/** The form before anything is chosen. */
export const EMPTY_FIELDS: RuleFields = {
  action: "allow",
  ipVersion: "",
  protocol: "",
  notProtocol: "",
  icmp: NO_ICMP,
  notIcmp: NO_ICMP,
  src: NO_SIDE,
  dst: NO_SIDE,
  prefix: "",
};

/** Fills the form from a rule. */
export function fieldsOfRule(rule: Rule): RuleFields {
  const { action, ipVersion, protocol, notProtocol, icmp, notIcmp, src, dst, logPrefix } = canonicalRule(rule);
  return {
    action,
    ipVersion: ipVersion === undefined ? "" : String(ipVersion),
    protocol: protocol === undefined ? "" : formatProtocol(protocol),
    notProtocol: notProtocol === undefined ? "" : formatProtocol(notProtocol),
    icmp: icmpFields(icmp),
    notIcmp: icmpFields(notIcmp),
    src: sideFields(src),
    dst: sideFields(dst),
    prefix: logPrefix ?? "",
  };
}

/** True when the form excludes something. */
export function hasExclusion({ notProtocol, notIcmp, src, dst }: RuleFields): boolean {
  const texts = [notProtocol, ...Object.values(notIcmp), ...Object.values(src.not), ...Object.values(dst.not)];
  return texts.some((text) => text !== "");
}

/** Writes the form as rule text, in the order of the grammar. What was typed stands in it as typed. */
export function ruleTextOf(fields: RuleFields): string {
  return [
    fields.action,
    fields.ipVersion === "" ? "" : `ipv${fields.ipVersion}`,
    fields.protocol.trim(),
    withWord("not", fields.notProtocol),
    icmpWords("", fields.icmp),
    icmpWords("not ", fields.notIcmp),
    sideText("from", fields.src),
    sideText("to", fields.dst),
    withWord("prefix", fields.prefix),
  ]
    .filter((words) => words !== "")
    .join(" ");
}

function sideText(preposition: string, { not, ...side }: SideFields): string {
  const words = [
    withWord("ports", spaceless(side.ports)),
    withWord("not ports", spaceless(not.ports)),
    withWord("tag", side.tag),
    withWord("not tag", not.tag),
    withWord("cidr", side.net),
    withWord("not cidr", not.net),
  ].filter((each) => each !== "");
  return words.length === 0 ? "" : `${preposition} ${words.join(" ")}`;
}

/** People write a blank after a comma; the grammar has one word for all ports. */
function spaceless(ports: string): string {
  return ports.replaceAll(/\s*,\s*/g, ",");
}

function withWord(keyword: string, text: string): string {
  return text.trim() === "" ? "" : `${keyword} ${text.trim()}`;
}

function icmpWords(not: string, { type, code }: IcmpFields): string {
  const words = [withWord("type", type), withWord("code", code)].filter((each) => each !== "").join(" ");
  return words === "" ? "" : `${not}${words}`;
}

function sideFields({ ports, notPorts, tag, notTag, net, notNet }: SideMatch): SideFields {
  const text = (ranges: SideMatch["ports"]) => (ranges === undefined ? "" : formatPorts(ranges));
  return {
    ports: text(ports),
    tag: tag ?? "",
    net: net?.text ?? "",
    not: { ports: text(notPorts), tag: notTag ?? "", net: notNet?.text ?? "" },
  };
}

function icmpFields(kind: IcmpKind | undefined): IcmpFields {
  if (kind === undefined) return NO_ICMP;
  return { type: String(kind.type), code: kind.code === undefined ? "" : String(kind.code) };
}
