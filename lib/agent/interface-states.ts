import { readdirSync, readFileSync } from "node:fs";

export type InterfaceState = "up" | "down";

const SYSTEM = "/sys/class/net";

/**
 * Which of the named interfaces this machine has and are up. One listing tells which are there at all, so that a node
 * that waits for thousands of interfaces opens no file for them.
 */
export function readInterfaceStates(names: readonly string[], folder = SYSTEM): ReadonlyMap<string, InterfaceState> {
  const present = new Set(readdirSync(folder));
  return new Map(names.map((name) => [name, present.has(name) && isUp(`${folder}/${name}`) ? "up" : "down"]));
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
