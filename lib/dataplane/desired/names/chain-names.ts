import { sha256Hex } from "#dataplane/desired/names/sha256-hex.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Direction } from "#policy/rule.ts";
import { shorten } from "#policy/shorten.ts";

/** Everything in the kernel that carries this prefix is ours, and nothing else is. */
export const OUR_PREFIX = "tortie-";

/** The chains that exist on every node, whatever the policy. */
export const FRAME = {
  prerouting: `${OUR_PREFIX}PREROUTING`,
  input: `${OUR_PREFIX}INPUT`,
  forward: `${OUR_PREFIX}FORWARD`,
  accept: `${OUR_PREFIX}accept`,
} as const;

// iptables holds 28 characters (XT_EXTENSION_MAXNAMELEN less the zero byte); "tortie-pi-" takes ten of them.
const SUFFIX_LENGTH = 18;

/** The chain of one profile's rules in one direction. */
export function profileChainName(id: ProfileId, direction: Direction): string {
  return `${OUR_PREFIX}${direction === "inbound" ? "pi" : "po"}-${shorten(id, SUFFIX_LENGTH)}`;
}

/** The chain every endpoint with this ordered profile list shares; one id keeps its name, several become a hash. */
export function endpointChainName(ids: readonly ProfileId[], direction: Direction): string {
  const [only] = ids;
  const suffix =
    ids.length === 1 && only !== undefined
      ? shorten(only, SUFFIX_LENGTH)
      : `_${sha256Hex(`list ${ids.join(" ")}`).slice(0, SUFFIX_LENGTH - 1)}`;
  return `${OUR_PREFIX}${direction === "inbound" ? "ei" : "eo"}-${suffix}`;
}

/** The dispatch node for interfaces that begin with `prefix`; the root has the empty one. */
export function dispatchChainName(prefix: string, direction: Direction): string {
  const root = `${OUR_PREFIX}${direction === "inbound" ? "to" : "from"}`;
  return prefix === "" ? root : `${root}-${prefix}`;
}
