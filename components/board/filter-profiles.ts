import { parseAddress } from "#policy/address.ts";
import { canonicalRule } from "#policy/canonical-rule.ts";
import { cidrContains } from "#policy/cidr.ts";
import { formatRule } from "#policy/grammar/format-rule.ts";
import { portsContain } from "#policy/port-range.ts";
import type { Profile } from "#policy/profile.ts";
import { ICMP, ICMPV6 } from "#policy/protocol.ts";
import type { Rule, SideMatch } from "#policy/rule.ts";

const textByProfile = new WeakMap<Profile, string>();

/**
 * True when every word of the query fits: a part of the name, of a tag or of a rule's text; a port that a rule is
 * about; an address that lies in a network of a rule.
 */
export function matchesQuery(profile: Profile, query: string): boolean {
  const words = query.trim().toLowerCase().split(/\s+/);
  return words.every((word) => word === "" || searchText(profile).includes(word) || matchesNumber(profile, word));
}

/** Works out what a search will look at, so that the first letter typed does not wait for it. */
export function warmSearch(profile: Profile): void {
  searchText(profile);
}

/** True when an inbound rule lets anyone in on something other than ICMP. */
export function isOpenToAnywhere({ rules }: Profile): boolean {
  if (rules.kind !== "valid") return false;
  return rules.value.inbound.some((rule) => {
    const { action, protocol, icmp, src } = canonicalRule(rule);
    const isIcmp = protocol === ICMP || protocol === ICMPV6 || icmp !== undefined;
    return action === "allow" && !isIcmp && src.tag === undefined && src.net === undefined;
  });
}

/** True when a stored value of the profile cannot be read or is not there. */
export function isUnreadable({ tags, rules }: Profile): boolean {
  return tags.kind !== "valid" || rules.kind !== "valid";
}

function searchText(profile: Profile): string {
  const known = textByProfile.get(profile);
  if (known !== undefined) return known;
  const tags = profile.tags.kind === "valid" ? profile.tags.value : [];
  const text = [profile.id, ...tags, ...rulesOf(profile).map(formatRule)].join("\n").toLowerCase();
  textByProfile.set(profile, text);
  return text;
}

function matchesNumber(profile: Profile, word: string): boolean {
  if (/^\d{1,5}$/.test(word)) {
    const port = Number(word);
    return sidesOf(profile).some(({ ports }) => ports !== undefined && portsContain(ports, port));
  }
  const address = parseAddress(word);
  if (!address.ok) return false;
  const { family, value } = address.value;
  return sidesOf(profile).some(({ net }) => net !== undefined && cidrContains(net, family, value));
}

function sidesOf(profile: Profile): readonly SideMatch[] {
  return rulesOf(profile).flatMap((rule) => {
    const { src, dst } = canonicalRule(rule);
    return [src, dst];
  });
}

function rulesOf({ rules }: Profile): readonly Rule[] {
  return rules.kind === "valid" ? [...rules.value.inbound, ...rules.value.outbound] : [];
}
