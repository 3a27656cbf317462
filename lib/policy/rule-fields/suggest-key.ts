/** What people write for a field: other tools' names, the singular, the plural, the words of rule text. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ["port", "dst_ports"],
  ["ports", "dst_ports"],
  ["dport", "dst_ports"],
  ["dports", "dst_ports"],
  ["to_ports", "dst_ports"],
  ["destination_ports", "dst_ports"],
  ["sport", "src_ports"],
  ["sports", "src_ports"],
  ["from_ports", "src_ports"],
  ["source_ports", "src_ports"],
  ["tag", "src_tag"],
  ["tags", "src_tag"],
  ["from_tag", "src_tag"],
  ["source_tag", "src_tag"],
  ["to_tag", "dst_tag"],
  ["destination_tag", "dst_tag"],
  ["cidr", "src_net"],
  ["net", "src_net"],
  ["from_cidr", "src_net"],
  ["src_cidr", "src_net"],
  ["source_net", "src_net"],
  ["to_cidr", "dst_net"],
  ["dst_cidr", "dst_net"],
  ["destination_net", "dst_net"],
  ["proto", "protocol"],
  ["type", "icmp_type"],
  ["code", "icmp_code"],
  ["family", "ip_version"],
  ["ipversion", "ip_version"],
  ["ipv", "ip_version"],
  ["prefix", "log_prefix"],
  ["inbound", "inbound_rules"],
  ["ingress", "inbound_rules"],
  ["outbound", "outbound_rules"],
  ["egress", "outbound_rules"],
]);

/** The legal key a person most likely meant by an unknown one; `undefined` when nothing is near. */
export function suggestKey(key: string, legal: readonly string[]): string | undefined {
  // Longer keys are no misspellings, and the distance below is quadratic.
  if (key.length > 40) return undefined;
  const plain = key.trim().toLowerCase().replaceAll("-", "_");
  const isNegated = /^(?:!|not_|no_)/.test(plain);
  const bare = plain.replace(/^(?:!|not_|no_)/, "");
  const withPolarity = (name: string) => (isNegated ? `!${name}` : name);
  const alias = withPolarity(ALIASES.get(bare) ?? bare);
  return legal.includes(alias) ? alias : nearest(withPolarity(bare), legal);
}

function nearest(wanted: string, legal: readonly string[]): string | undefined {
  const limit = wanted.length <= 4 ? 1 : 2;
  let best: { readonly key: string; readonly distance: number } | undefined;
  for (const key of legal) {
    const distance = editDistance(wanted, key);
    if (distance <= limit && (best === undefined || distance < best.distance)) best = { key, distance };
  }
  return best?.key;
}

/** Insertions, removals and replacements that lead from one text to the other (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
