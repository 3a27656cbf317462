import { spawn } from "node:child_process";
import { searchPath } from "../base/paths.mjs";
import { inNamespace, machineProgram } from "./start-playground.mjs";
import { createProber } from "./watch-reach.mjs";

/** @typedef {import("./topology.mjs").Machine} Machine */

/**
 * Puts a prober into each machine's namespace for the time of one question, and takes them out again.
 * @template T
 * @param {readonly Machine[]} machines
 * @param {(prober: ReturnType<typeof createProber>, sources: readonly { machine: Machine; send: (message: unknown) => void }[]) => Promise<T>} ask
 */
export async function askMachines(machines, ask) {
  const prober = createProber();
  const children = machines.map((machine) => {
    const [program = "", ...args] = inNamespace(machine.namespace, [machineProgram, machine.name, ""]);
    const child = spawn(program, args, {
      env: { ...process.env, PATH: searchPath() },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    child.on("message", prober.onMessage);
    child.on("error", () => undefined);
    return child;
  });
  const sources = machines.map((machine, index) => ({
    machine,
    send: (/** @type {unknown} */ message) => void children[index]?.send(/** @type {object} */ (message)),
  }));
  try {
    return await ask(prober, sources);
  } finally {
    for (const child of children) if (child.connected) child.disconnect();
  }
}
