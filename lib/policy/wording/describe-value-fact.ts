import type { IssueFact } from "#policy/issue.ts";
import { PROTOCOL_NAMES } from "#policy/protocol.ts";
import type { ParserFact } from "#policy/wording/describe-parser-fact.ts";
import { eitherOf, quoteText, showHidden } from "#policy/wording/show-text.ts";
import { assertNever } from "#prelude/assert-never.ts";

type ValueFact = Exclude<IssueFact, ParserFact>;

/** Problems of a value that stands in the right place. */
export function describeValueFact(fact: ValueFact): string {
  switch (fact.kind) {
    case "bad-name":
      return `${quoteText(fact.found)} cannot be ${withArticle(fact.what)}. ${charactersOf(fact.what)}`;
    case "bad-action":
      return `Unknown action ${showHidden(fact.found)}. Use allow, deny, log or next-tier.`;
    case "bad-protocol":
      return `Unknown protocol ${quoteText(fact.found)}. Use ${eitherOf([...PROTOCOL_NAMES, "a number from 1 to 255"])}.`;
    case "bad-ip-version":
      return `IP version ${showHidden(fact.found)} does not exist. Use the number 4 or 6.`;
    case "bad-cidr":
      return `${quoteText(fact.found)} is not a CIDR. Write one like 10.0.0.0/8 or fd00::/64.`;
    case "bad-address":
      return `${quoteText(fact.found)} is not an address. Write one like 10.0.0.1 or fd00::1.`;
    case "bad-mac":
      return `${quoteText(fact.found)} is not a MAC address. Write one like ee:ee:ee:ee:ee:ee.`;
    case "bad-state":
      return `State ${quoteText(fact.found)} does not exist. Use "active" or "inactive".`;
    case "bad-log-prefix":
      return `${quoteText(fact.found)} cannot be a log prefix. Use one word.`;
    case "comment-too-long":
      return `The comment has ${fact.characterCount} characters. Use at most ${fact.maxCharacters}.`;
    case "comment-hidden-character":
      return `The comment holds the hidden character ${codePoint(fact.found)}. Take it out.`;
    default:
      return describeCriterion(fact);
  }
}

type CriterionFact = Extract<
  ValueFact,
  {
    readonly kind:
      | "bad-port"
      | "port-out-of-range"
      | "ports-need-protocol"
      | "bad-icmp"
      | "icmp-code-needs-type"
      | "icmp-type-unmatchable"
      | "icmp-needs-icmp"
      | "action-not-offered"
      | "family-conflict";
  }
>;

function describeCriterion(fact: CriterionFact): string {
  switch (fact.kind) {
    case "bad-port":
      return `${quoteText(fact.found)} is not a port. ${portAdvice(fact.hint)}`;
    case "port-out-of-range":
      return `${showHidden(fact.found)} is outside 0 to 65535, the range of ports.`;
    case "ports-need-protocol":
      return `${fact.field} needs a protocol that has ports: tcp, udp, sctp or udplite.`;
    case "bad-icmp":
      return `${fact.field} ${quoteText(fact.found)} is out of range. Use a number from 0 to 255.`;
    case "icmp-code-needs-type":
      return `${fact.field} means nothing without a type. Add ${fact.field.replace("code", "type")}.`;
    case "icmp-type-unmatchable":
      return "No packet has ICMP type 255, and the kernel cannot look for it. Use 0 to 254.";
    case "icmp-needs-icmp":
      return `${fact.field} never matches ${showHidden(fact.protocol)}. Use protocol icmp or icmpv6.`;
    case "action-not-offered":
      return `${fact.found} is kept where others wrote it, but not added here. Use allow, deny or log.`;
    case "family-conflict":
      return `IPv4 and IPv6 do not meet: ${showHidden(fact.detail)}.`;
    default:
      return assertNever(fact);
  }
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

function withArticle(what: string): string {
  return /^[aeiou]/.test(what) ? `an ${what}` : `a ${what}`;
}

function charactersOf(what: string): string {
  return what === "interface name"
    ? "Use 1 to 15 letters, digits, dashes and underscores."
    : "Use letters, digits, dots, dashes and underscores.";
}

function portAdvice(hint: string | undefined): string {
  return hint === undefined ? "Use 0 to 65535, or a range like 7000:7999." : `Write ${hint}.`;
}
