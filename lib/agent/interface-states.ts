import { readdirSync, readFileSync } from "node:fs";

export type InterfaceState = "up" | "down";

const SYSTEM = "/sys/class/net";

type States = ReadonlyMap<string, InterfaceState>;

/**
 * Which of the named interfaces this machine has and are up; `before` itself where that is what it says already. One
 * listing tells which are there at all, so that a node that waits for thousands of interfaces opens no file for them.
 */
export function readInterfaceStates(names: readonly string[], before: States, folder = SYSTEM): States {
  const present = new Set(readdirSync(folder));
  const stateOf = (name: string): InterfaceState => (present.has(name) && isUp(`${folder}/${name}`) ? "up" : "down");
  const isSame = before.size === names.length && names.every((name) => before.get(name) === stateOf(name));
  return isSame ? before : new Map(names.map((name) => [name, stateOf(name)]));
}

function isUp(path: string): boolean {
  try {
    // A veth that is up says "up"; a device without link detection says "unknown".
    return !["down", "lowerlayerdown", "notpresent"].includes(readFileSync(`${path}/operstate`, "utf8").trim());
  } catch (error) {
    // It went away between the listing and now; any other failure says nothing about the interface.
    if (error instanceof Error && "code" in error) return false;
    throw error;
  }
}
