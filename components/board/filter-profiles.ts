import { canonicalRule } from "#policy/canonical-rule.ts";
import { cidrContains, parseCidr } from "#policy/cidr.ts";
import { formatRule } from "#policy/grammar/format-rule.ts";
import { portsContain } from "#policy/port-range.ts";
import type { Profile } from "#policy/profile.ts";
import { ICMP, ICMPV6 } from "#policy/protocol.ts";
import type { Cidr, Rule, SideMatch } from "#policy/rule.ts";

const textByProfile = new WeakMap<Profile, string>();

/**
 * True when every word of the query fits: a part of the name, of a tag or of a rule's text; a port that a rule is
 * about; an address or a network that a network of a rule covers, or that covers one; excepted networks count too.
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
  // Many words are no networks, and most of those have no dot or colon.
  const wanted = /[.:]/.test(word) ? parseCidr(word) : undefined;
  if (!wanted?.ok) return false;
  return sidesOf(profile).some(({ net, notNet }) =>
    [net, notNet].some((each) => each !== undefined && isAbout(each, wanted.value)),
  );
}

/** True when one of two networks lies in the other. */
function isAbout(one: Cidr, other: Cidr): boolean {
  const [wide, narrow] = one.prefix <= other.prefix ? [one, other] : [other, one];
  return cidrContains(wide, narrow.family, narrow.base);
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
