import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { LaunchError } from "../base/launch-error.mjs";
import { root } from "../base/paths.mjs";
import { say, warn } from "../base/terminal.mjs";
import { built } from "../prepare/build.mjs";
import { startEtcdRelay } from "../services/etcd-relay.mjs";
import { isEnforcing, listEndpoints, otherHosts, registerEndpoints, removeEndpoints } from "./endpoints.mjs";
import { makeNamespaces, startForwarding } from "./make-namespaces.mjs";
import { createReachMatrix, describeChanges, formatMatrix, serverPorts } from "./reach-matrix.mjs";
import { machines, nodeNamespace, playgroundHost, workloads } from "./topology.mjs";
import { createProber, observe } from "./watch-reach.mjs";

/** @typedef {import("../run/with-run.mjs").Run} Run */
/** @typedef {ReturnType<typeof createProber>} Prober */
/** @typedef {Parameters<typeof observe>[1]} Sources */

/** The program in each machine of the playground. */
export const machineProgram = fileURLToPath(new URL("./machine.mjs", import.meta.url));

const observeEveryMs = 2_000;
const observeAgainMs = 300;

/**
 * Makes the namespaces, starts the machines and the agent, and registers the two endpoints. Returns how to watch what
 * connects. Refuses to add its addresses to tags that real nodes use.
 */
export async function startPlayground(/** @type {Run} */ run) {
  const { settings, record, start, onClose } = run;
  const present = await listEndpoints(settings.etcdEndpoints);
  if (settings.playground !== "always") refuseForeignStore(otherHosts(present));
  await makeNamespaces(record.runId);
  const { prober, sources } = await startMachines(run);
  const socket = join(record.socketDirectory, "etcd.sock");
  const relay = await startEtcdRelay(socket, settings.etcdAddresses);
  onClose(relay.close);
  await registerEndpoints(settings.etcdEndpoints, workloads(record.runId), present);
  const startedAtMs = Date.now();
  await start({
    ...agentService(record.runId, socket),
    isReady: () => isEnforcing(settings.etcdEndpoints, startedAtMs),
  });
  await startForwarding(record.runId);
  if (settings.etcd.kind === "external") onClose(() => leaveStore(settings.etcdEndpoints, record.runId));
  return () => watch(prober, sources, run.signal);
}

/** The argv that runs a Node program inside a namespace. @param {string} namespace @param {readonly string[]} args */
export function inNamespace(namespace, args) {
  return ["ip", "netns", "exec", namespace, process.execPath, ...args];
}

/** @param {readonly string[]} hosts */
function refuseForeignStore(hosts) {
  if (hosts.length === 0) return;
  throw new LaunchError(
    `the store holds endpoints of other nodes (${hosts.slice(0, 3).join(", ")}${hosts.length > 3 ? ", …" : ""})`,
    [
      "Its machines would become members of the tags that those nodes trust.",
      "To have it all the same:  TORTIE_PLAYGROUND=yes npm start",
    ],
  );
}

/** @param {Run} run */
async function startMachines({ record, start }) {
  const prober = createProber();
  /** @type {{ machine: import("./topology.mjs").Machine; send: (message: unknown) => void }[]} */
  const sources = [];
  for (const machine of machines(record.runId)) {
    const service = await start({
      name: `playground-${machine.name}`,
      argv: inNamespace(machine.namespace, [machineProgram, machine.name, serverPorts.join(",")]),
      onMessage: prober.onMessage,
    });
    sources.push({ machine, send: service.send });
  }
  return { prober, sources };
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

/** @param {string} etcdEndpoints @param {string} runId */
async function leaveStore(etcdEndpoints, runId) {
  try {
    await removeEndpoints(etcdEndpoints, workloads(runId));
  } catch (error) {
    if (!(error instanceof LaunchError)) throw error;
    warn("The playground's endpoints are still in the store.", [error.message, ...error.advice]);
  }
}

/** @param {Prober} prober @param {Sources} sources @param {AbortSignal} signal */
async function watch(prober, sources, signal) {
  const matrix = createReachMatrix();
  const first = await observe(prober, sources);
  matrix.learn(first);
  if (signal.aborted) return;
  for (const line of formatMatrix(first)) say(`  ${line}`);
  while (!signal.aborted) {
    await sleep(matrix.hasDoubt() ? observeAgainMs : observeEveryMs, undefined, { signal, ref: false }).catch(
      () => undefined,
    );
    const changes = matrix.learn(signal.aborted ? [] : await observe(prober, sources));
    // What closes while everything stops is no news.
    if (signal.aborted) return;
    for (const line of describeChanges(changes)) say(`${new Date().toTimeString().slice(0, 8)}  ${line}`);
  }
}
