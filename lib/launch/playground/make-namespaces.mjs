import { readdirSync } from "node:fs";
import { findProgram } from "../base/find-program.mjs";
import { mustRun, runProgram } from "../base/run-program.mjs";
import { namespaces, nodeNamespace, nodeSettings, setUpBatches } from "./topology.mjs";

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
  for (const name of namespaces(runId)) await mustRun(["ip", "netns", "add", name]);
  await applySettings(runId, nodeSettings.node);
  for (const { namespace, lines } of setUpBatches(runId)) {
    await mustRun(["ip", "-n", namespace, "-batch", "-"], { input: `${lines.join("\n")}\n` });
  }
}

/** Lets the node pass packets on. */
export async function startForwarding(/** @type {string} */ runId) {
  await applySettings(runId, nodeSettings.forwarding);
}

/** Removes what is left of a run's namespaces; the wires go with them. Returns how many there were. */
export async function removeNamespaces(/** @type {string} */ runId) {
  const present = existingNamespaces();
  const left = namespaces(runId).filter((name) => present.includes(name));
  for (const name of left) await mustRun(["ip", "netns", "delete", name]);
  return left.length;
}

/** Whether all of a run's namespaces are there. */
export function hasNamespaces(/** @type {string} */ runId) {
  const present = existingNamespaces();
  return namespaces(runId).every((name) => present.includes(name));
}

function existingNamespaces() {
  try {
    return readdirSync("/run/netns");
  } catch {
    return [];
  }
}

/** @param {string} runId @param {import("./topology.mjs").Settings} settings */
async function applySettings(runId, settings) {
  for (const [path, value] of settings) {
    await mustRun(["ip", "netns", "exec", nodeNamespace(runId), "tee", `/proc/sys/${path}`], { input: value });
  }
}
