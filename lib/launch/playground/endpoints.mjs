import { join } from "node:path";
import { LaunchError } from "../base/launch-error.mjs";
import { root } from "../base/paths.mjs";
import { mustRun } from "../base/run-program.mjs";
import { built } from "../prepare/build.mjs";
import { playgroundHost } from "./topology.mjs";

/** @typedef {{ host: string; endpoint: string }} ListedEndpoint */
/** @typedef {import("./topology.mjs").Workload} Workload */

/** Every endpoint in the store, of all nodes. @returns {Promise<readonly ListedEndpoint[]>} */
export async function listEndpoints(/** @type {string} */ etcdEndpoints) {
  const text = await calicoctl(etcdEndpoints, ["endpoint", "show", "--json"]);
  return JSON.parse(text).endpoints;
}

/** The nodes, ours aside, that have endpoints in the store. */
export function otherHosts(/** @type {readonly ListedEndpoint[]} */ endpoints) {
  return [...new Set(endpoints.map(({ host }) => host))].filter((host) => host !== playgroundHost).sort();
}

/** Whether the playground's agent, started since then, says that the kernel has its policy. */
export async function isEnforcing(/** @type {string} */ etcdEndpoints, /** @type {number} */ sinceMs) {
  /** @type {{ nodes: readonly { host: string; status?: { inSync: boolean; startedAt: string } }[] }} */
  const { nodes } = JSON.parse(await calicoctl(etcdEndpoints, ["node", "show", "--json"]));
  const status = nodes.find(({ host }) => host === playgroundHost)?.status;
  // A killed run's status stays until its lease ends.
  return status?.inSync === true && Date.parse(status.startedAt) >= sinceMs;
}

/** The command that registers a workload of the playground, for calicoctl. */
function addCommand(/** @type {Workload} */ workload) {
  return [
    ...["endpoint", "add", workload.name, `--host=${playgroundHost}`, `--workload=${workload.name}`],
    ...[`--interface=${workload.interface}`, `--mac=${workload.mac}`],
    ...workload.addresses.map((address) => `--ip=${address}`),
    ...[`--profile=${workload.profile}`, "--as=playground"],
  ];
}

/**
 * Registers the workloads that are not in the store yet; one that the visitor changed stays as he left it.
 * @param {string} etcdEndpoints
 * @param {readonly Workload[]} workloads
 * @param {readonly ListedEndpoint[]} present
 */
export async function registerEndpoints(etcdEndpoints, workloads, present) {
  for (const workload of workloads) {
    const isPresent = present.some(({ host, endpoint }) => host === playgroundHost && endpoint === workload.name);
    if (!isPresent) await calicoctl(etcdEndpoints, addCommand(workload));
  }
}

/** Takes the playground's workloads out of a store that is not ours. */
export async function removeEndpoints(
  /** @type {string} */ etcdEndpoints,
  /** @type {readonly Workload[]} */ workloads,
) {
  for (const { name } of workloads) {
    await calicoctl(etcdEndpoints, [
      "endpoint",
      "remove",
      `${playgroundHost}/manual/${name}/${name}`,
      "--as=playground",
    ]);
  }
}

/** @param {string} etcdEndpoints @param {readonly string[]} args */
async function calicoctl(etcdEndpoints, args) {
  try {
    return await mustRun([process.execPath, join(root, built.calicoctl), ...args], {
      env: { ETCD_ENDPOINTS: etcdEndpoints },
    });
  } catch (error) {
    if (!(error instanceof LaunchError)) throw error;
    throw new LaunchError(`calicoctl ${args.join(" ")} failed.`, error.advice);
  }
}
