import { canonicalRule } from "#policy/canonical-rule.ts";
import { formatPorts } from "#policy/port-range.ts";
import type { Profile } from "#policy/profile.ts";
import { formatProtocol } from "#policy/protocol.ts";
import type { CanonicalRule } from "#policy/rule.ts";

/** What a profile's inbound rules let in from someone, a word per port, range or protocol, in the order of the rules. */
export function receiverPorts(profile: Profile): readonly string[] {
  if (profile.rules.kind !== "valid") return [];
  const allowing = profile.rules.value.inbound.map(canonicalRule).filter(({ action }) => action === "allow");
  const words = new Set(allowing.flatMap(wordsFor));
  if (words.has("all")) return ["all"];
  // Ports say more than the protocols without them; ping alone is still worth a word.
  const ports = [...words].filter((word) => /^\d/.test(word));
  return ports.length > 0 ? ports : [...words];
}

function wordsFor(rule: CanonicalRule): readonly string[] {
  const { ports } = rule.dst;
  if (ports !== undefined) return ports.map((range) => formatPorts([range]));
  if (rule.icmp !== undefined && rule.protocol === undefined) return ["icmp"];
  return rule.protocol === undefined ? ["all"] : [formatProtocol(rule.protocol)];
}
