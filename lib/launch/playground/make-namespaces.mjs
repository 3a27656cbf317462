import { readdirSync } from "node:fs";
import { findProgram } from "../base/find-program.mjs";
import { mustRun, runProgram } from "../base/run-program.mjs";
import { namespaces, nodeNamespace, nodeSettings, setUpCommands } from "./topology.mjs";

/** Why this machine cannot have a playground, or undefined when it can. */
export async function playgroundObstacle() {
  if (process.getuid?.() !== 0) return "it needs root, for network namespaces and iptables";
  if (findProgram("unshare") === undefined) return undefined;
  const { code } = await runProgram(["unshare", "--net", "true"]);
  return code === 0
    ? undefined
    : "this machine lets not even root make a network namespace (a container without CAP_SYS_ADMIN?)";
}

/** Makes the namespaces, wires, addresses and routes of a run. Nothing outside of them is touched. */
export async function makeNamespaces(/** @type {string} */ runId) {
  for (const command of setUpCommands(runId)) await mustRun(command);
  for (const [path, value] of nodeSettings()) {
    await mustRun(["ip", "netns", "exec", nodeNamespace(runId), "tee", `/proc/sys/${path}`], { input: value });
  }
}

/** Removes what is left of a run's namespaces; the wires go with them. Returns how many there were. */
export async function removeNamespaces(/** @type {string} */ runId) {
  const present = existingNamespaces();
  const left = namespaces(runId).filter((name) => present.includes(name));
  for (const name of left) await mustRun(["ip", "netns", "delete", name]);
  return left.length;
}

function existingNamespaces() {
  try {
    return readdirSync("/run/netns");
  } catch {
    return [];
  }
}
