import type { Family } from "#policy/rule.ts";

export type Backend = "nft" | "legacy";

/** The programs that speak to this host's kernel, as argument arrays. */
export type KernelTools = {
  readonly saveTables: (family: Family) => readonly string[];
  readonly restoreTables: (family: Family) => readonly string[];
  readonly saveSets: readonly string[];
  readonly restoreSets: readonly string[];
  /** The headers of all sets, without members. */
  readonly listSets: readonly string[];
  /** Prints a line for each COMMIT of anybody, where the kernel tells of them. */
  readonly watchTables?: readonly string[];
};

// Seconds a legacy restore waits for the lock other programs hold; nft has no lock and ignores it.
const LOCK_WAIT_SECONDS = "10";

/** The programs of one backend; which of the two a host uses is decided once and never mixed. */
export function kernelTools(backend: Backend): KernelTools {
  const program = (family: Family, verb: string) => `${family === 4 ? "iptables" : "ip6tables"}-${backend}-${verb}`;
  return {
    saveTables: (family) => [program(family, "save")],
    restoreTables: (family) => [program(family, "restore"), "--noflush", "-w", LOCK_WAIT_SECONDS],
    saveSets: ["ipset", "save"],
    restoreSets: ["ipset", "-exist", "restore"],
    listSets: ["ipset", "list", "-terse"],
    // Of one family: the other's lines need not be printed to learn of a COMMIT. It ends with its parent, however that ends.
    ...(backend === "nft" && {
      watchTables: ["setpriv", "--pdeathsig", "TERM", "stdbuf", "-oL", "xtables-monitor", "--event", "--ipv6"],
    }),
  };
}
