const MAX_LINES = 2;

/** What a cell of the matrix says of a set in words of formatConnectionSet: `80`, `443`; `53`, `tcp udp`; `icmp`; `all`. */
export function cellLines(text: string): readonly string[] {
  if (text === "none") return [];
  if (text === "all") return ["all"];
  const items = text.split("; ").map(partsOf);
  const ported = items.filter(({ ports }) => ports.length > 0);
  if (ported.length === 0) return shorten([...new Set(items.map(({ protocol }) => protocol))]);
  const byPorts = new Map<string, string[]>();
  for (const { protocol, ports } of ported) byPorts.set(ports.join(), [...(byPorts.get(ports.join()) ?? []), protocol]);
  const [only, ...others] = [...byPorts];
  // One list of ports for two protocols: then which ones is worth a line.
  if (only !== undefined && others.length === 0 && only[1].length > 1) {
    return [shorten(only[0].split(",")).join(" "), only[1].join(" ")];
  }
  return shorten([...new Set(ported.flatMap(({ ports }) => ports))]);
}

/** True for sets that hold nothing but pings. */
export function isPingOnly(text: string): boolean {
  return text !== "none" && text !== "all" && text.split("; ").every((item) => /^(ip(v4|v6)? )?icmp/.test(item));
}

function partsOf(item: string): { readonly protocol: string; readonly ports: readonly string[] } {
  const [, protocol = item, ports = ""] = /^(?:ip(?:v4|v6)? )?([a-z0-9-]+)(?: ([\d,-]+))?/.exec(item) ?? [];
  return { protocol: protocol.replace(/v6$/, ""), ports: ports === "" ? [] : ports.split(",") };
}

function shorten(lines: readonly string[]): readonly string[] {
  if (lines.length <= MAX_LINES) return lines;
  return [...lines.slice(0, MAX_LINES - 1), `${lines[MAX_LINES - 1]} +${lines.length - MAX_LINES}`];
}
