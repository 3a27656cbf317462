import { dispatchChainName } from "#dataplane/desired/names/chain-names.ts";
import type { MakeLine } from "#dataplane/desired/rules/line-store.ts";
import type { Chain, RuleLine } from "#dataplane/desired/rules/rule-line.ts";
import type { Direction } from "#policy/rule.ts";

/** One interface and the chain its packets go to. */
export type DispatchEntry = {
  readonly interfaceName: string;
  /** The endpoint's own name, for the comment. */
  readonly endpoint: string;
  readonly chain: string;
  readonly mac?: string;
};

// A node with at most this many interfaces lists them; a larger one branches by the next character. The cost of a
// packet is a few lines a level instead of one line for each endpoint.
const MAX_LISTED = 8;

export type DispatchSide = { readonly direction: Direction; readonly make: MakeLine };

/**
 * The tree that leads from an interface to its endpoint's chain. Every node ends in a drop, so an interface nobody
 * knows, and a packet whose source MAC is not its endpoint's, passes nowhere. The root comes first.
 */
export function dispatchChains(entries: readonly DispatchEntry[], side: DispatchSide): readonly Chain[] {
  const sorted = [...entries].sort((a, b) => (a.interfaceName < b.interfaceName ? -1 : 1));
  const root = { name: dispatchChainName("", side.direction), prefix: longestCommonPrefix(sorted, 0) };
  return branch(root, sorted, side);
}

type Node = { readonly name: string; readonly prefix: string };

function branch(node: Node, entries: readonly DispatchEntry[], side: DispatchSide): readonly Chain[] {
  const lines: RuleLine[] = [];
  const below: Chain[] = [];
  for (const group of groups(entries, node.prefix.length)) {
    if (group.length <= MAX_LISTED) {
      lines.push(...group.map((entry) => entryLine(entry, side)));
      continue;
    }
    const prefix = longestCommonPrefix(group, node.prefix.length + 1);
    below.push(...branch({ name: dispatchChainName(prefix, side.direction), prefix }, group, side));
    lines.push(branchLine(prefix, side));
  }
  lines.push(side.make("-j DROP", dropComment(side.direction)));
  return [{ name: node.name, lines }, ...below];
}

/** Entries by the character that follows the prefix; a name that ends there is a group of its own. */
function groups(entries: readonly DispatchEntry[], prefixLength: number): readonly (readonly DispatchEntry[])[] {
  if (entries.length <= MAX_LISTED) return [entries];
  const byNext = new Map<string, DispatchEntry[]>();
  for (const entry of entries) {
    const next = entry.interfaceName.charAt(prefixLength);
    const group = byNext.get(next);
    if (group) group.push(entry);
    else byNext.set(next, [entry]);
  }
  return [...byNext.values()];
}

function longestCommonPrefix(entries: readonly DispatchEntry[], atLeast: number): string {
  const first = entries[0]?.interfaceName ?? "";
  const last = entries.at(-1)?.interfaceName ?? "";
  let length = atLeast;
  // Sorted, so what the first and the last share all share.
  while (length < first.length && first[length] === last[length]) length += 1;
  return first.slice(0, length);
}

function entryLine(entry: DispatchEntry, { direction, make }: DispatchSide): RuleLine {
  const match = direction === "inbound" ? "-o" : "-i";
  const mac = direction === "outbound" && entry.mac !== undefined ? ` -m mac --mac-source ${entry.mac}` : "";
  return make(`${match} ${entry.interfaceName}${mac} -g ${entry.chain}`, `endpoint ${entry.endpoint}`);
}

function branchLine(prefix: string, { direction, make }: DispatchSide): RuleLine {
  const match = direction === "inbound" ? "-o" : "-i";
  return make(`${match} ${prefix}+ -g ${dispatchChainName(prefix, direction)}`, `interfaces ${prefix}...`);
}

function dropComment(direction: Direction): string {
  return direction === "inbound" ? "to no known endpoint" : "from no known endpoint, or with another MAC";
}
