import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { LaunchError } from "../base/launch-error.mjs";
import { root } from "../base/paths.mjs";
import { runProgram, tailLines } from "../base/run-program.mjs";
import { built } from "../prepare/build.mjs";
import { startEtcdRelay } from "../run/etcd-relay.mjs";
import { makeNamespaces } from "./make-namespaces.mjs";
import { createReachMatrix, describeChanges, formatMatrix, serverPorts } from "./reach-matrix.mjs";
import { machines, nodeNamespace, playgroundHost, workloads } from "./topology.mjs";
import { createProber, observe } from "./watch-reach.mjs";

/** @typedef {import("../run/supervisor.mjs").ServiceSpec} ServiceSpec */
/** @typedef {import("../run/supervisor.mjs").Service} Service */
/**
 * @typedef {object} PlaygroundOptions
 * @property {string} runId
 * @property {string} socketDirectory
 * @property {string} etcdEndpoints
 * @property {readonly import("../run/etcd-relay.mjs").EtcdAddress[]} etcdAddresses
 * @property {(spec: ServiceSpec) => Promise<Service>} start
 */

export const machineProgram = fileURLToPath(new URL("./machine.mjs", import.meta.url));
const observeEveryMs = 2_000;

/** Makes the namespaces, starts the machines and the agent, and registers the two endpoints. */
export async function startPlayground(/** @type {PlaygroundOptions} */ options) {
  const { runId, socketDirectory, start } = options;
  await makeNamespaces(runId);
  const prober = createProber();
  /** @type {{ machine: import("./topology.mjs").Machine; send: (message: unknown) => void }[]} */
  const sources = [];
  for (const machine of machines(runId)) {
    const service = await start({
      name: `playground-${machine.name}`,
      argv: inNamespace(machine.namespace, [machineProgram, machine.name, serverPorts.join(",")]),
      onMessage: prober.onMessage,
    });
    sources.push({ machine, send: service.send });
  }
  const socket = join(socketDirectory, "etcd.sock");
  const relay = await startEtcdRelay(socket, options.etcdAddresses);
  await start(agentService(runId, socket));
  await registerEndpoints(options);
  return {
    close: relay.close,
    watch: (/** @type {AbortSignal} */ signal, /** @type {(line: string) => void} */ tell) =>
      watch({ prober, sources, signal, tell }),
  };
}

/** The argv that runs a Node program inside a namespace. @param {string} namespace @param {readonly string[]} args */
export function inNamespace(namespace, args) {
  return ["ip", "netns", "exec", namespace, process.execPath, ...args];
}

/** @param {string} runId @param {string} socket */
function agentService(runId, socket) {
  return {
    name: "agent",
    argv: inNamespace(nodeNamespace(runId), [join(root, built.agent), "run", `--host=${playgroundHost}`]),
    // The relay has spoken TLS already.
    env: {
      ETCD_ENDPOINTS: `unix:${socket}`,
      ETCD_CA_CERT_FILE: undefined,
      ETCD_CERT_FILE: undefined,
      ETCD_KEY_FILE: undefined,
    },
  };
}

/** Adds the endpoints that are not there yet; one that the visitor changed stays as he left it. @param {PlaygroundOptions} options */
async function registerEndpoints({ runId, etcdEndpoints }) {
  const calicoctl = (/** @type {readonly string[]} */ args) =>
    runProgram([process.execPath, join(root, built.calicoctl), ...args], { env: { ETCD_ENDPOINTS: etcdEndpoints } });
  for (const workload of workloads(runId)) {
    const shown = await calicoctl([
      "endpoint",
      "show",
      `--host=${playgroundHost}`,
      `--endpoint=${workload.name}`,
      "--json",
    ]);
    if (shown.code === 0 && shown.output.includes(workload.interface)) continue;
    const added = await calicoctl([
      ...["endpoint", "add", workload.name, `--host=${playgroundHost}`, `--workload=${workload.name}`],
      ...[`--interface=${workload.interface}`, `--mac=${workload.mac}`, `--profile=${workload.profile}`],
      ...workload.addresses.map((address) => `--ip=${address}`),
    ]);
    if (added.code !== 0)
      throw new LaunchError(
        `The playground's endpoint ${workload.name} could not be registered.`,
        tailLines(added.output, 5),
      );
  }
}

/** @param {{ prober: ReturnType<typeof createProber>; sources: Parameters<typeof observe>[1]; signal: AbortSignal; tell: (line: string) => void }} options */
async function watch({ prober, sources, signal, tell }) {
  const matrix = createReachMatrix();
  const first = await observe(prober, sources);
  matrix.learn(first);
  for (const line of formatMatrix(first)) tell(`  ${line}`);
  while (!signal.aborted) {
    await sleep(observeEveryMs, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) return;
    for (const line of describeChanges(matrix.learn(await observe(prober, sources)))) tell(`${clock()}  ${line}`);
  }
}

const clock = () => new Date().toTimeString().slice(0, 8);
