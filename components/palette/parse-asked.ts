import type { AskedPacket } from "#components/judge/judge-messages.ts";
import { parseProtocol } from "#policy/protocol.ts";
import type { Snapshot } from "#policy/snapshot.ts";

const WORLD: ReadonlySet<string> = new Set(["world", "anyone", "anywhere", "internet"]);
const SHAPE = /^(?:can\s+)?(\S+)\s+(?:reach|to|->|→)\s+(\S+)(?:\s+(?:on|with|by|at))?(?:\s+(.+?))?\s*\??$/i;

/**
 * Reads `can web reach app 7890`, `web to app tcp 7890`, `10.0.0.1 -> db udp/53`, `world reach web icmp`. A port alone is
 * meant for tcp; without any word about the packet a ping is asked. Nothing for a text that is no question.
 */
export function parseAsked(text: string, snapshot: Snapshot): AskedPacket | undefined {
  const found = SHAPE.exec(text.trim());
  const [, from, to, what = "icmp"] = found ?? [];
  if (from === undefined || to === undefined) return undefined;
  const header = parseHeader(what.toLowerCase());
  return header && { from: placeOf(from, snapshot), to: placeOf(to, snapshot), ...header };
}

function parseHeader(what: string): Pick<AskedPacket, "protocol" | "port"> | undefined {
  const words = what.split(/[\s/]+/).filter((word) => word !== "" && word !== "port");
  const last = words.at(-1) ?? "";
  const port = /^\d{1,5}$/.test(last) ? Number(last) : undefined;
  const names = port === undefined ? words : words.slice(0, -1);
  if (names.length > 1 || (port ?? 0) > 65_535) return undefined;
  const protocol = names[0] ?? "tcp";
  return parseProtocol(protocol).ok ? { protocol, port } : undefined;
}

/** Names are found whatever their case, as nobody types capitals; what is not a profile is left to the judge. */
function placeOf(word: string, { profiles }: Snapshot): string {
  const wanted = word.toLowerCase();
  if (WORLD.has(wanted)) return "world";
  for (const id of profiles.keys()) if (id === word) return `profile:${id}`;
  for (const id of profiles.keys()) if (id.toLowerCase() === wanted) return `profile:${id}`;
  return word;
}
