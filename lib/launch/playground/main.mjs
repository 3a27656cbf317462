// `npm run playground`: what connects now, asked with real packets from inside the machines.

import { spawnSync } from "node:child_process";
import { LaunchError } from "../base/launch-error.mjs";
import { dataDirectory, searchPath } from "../base/paths.mjs";
import { complain, say } from "../base/terminal.mjs";
import { isRunning, readRecord, recordFile } from "../run/run-record.mjs";
import { askMachines } from "./ask-machines.mjs";
import { hasNamespaces } from "./make-namespaces.mjs";
import { parseRequest } from "./parse-request.mjs";
import { formatMatrix } from "./reach-matrix.mjs";
import { machines } from "./topology.mjs";
import { observe } from "./watch-reach.mjs";

/** @typedef {import("./topology.mjs").Machine} Machine */

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof LaunchError)) throw error;
  complain(error.message, error.advice);
  process.exitCode = 2;
}

/** @param {readonly string[]} words */
async function main(words) {
  const all = machines(runningRunId());
  const request = parseRequest(
    words,
    all.map(({ name }) => name),
  );
  if (request.kind === "all") return showAll(all);
  if (request.kind === "one") return showOne(all, request);
  const machine = namedMachine(all, request.machine);
  say(`A shell on ${machine.name} (${machine.addresses.join(", ")}); leave it with exit.`);
  const shell = process.env.SHELL ?? "/bin/sh";
  return (
    spawnSync("ip", ["netns", "exec", machine.namespace, shell], {
      stdio: "inherit",
      env: { ...process.env, PATH: searchPath() },
    }).status ?? 1
  );
}

function runningRunId() {
  if (process.getuid?.() !== 0) throw new LaunchError("Only root can enter the playground's network namespaces.");
  const directory = dataDirectory();
  const record = readRecord(recordFile(directory));
  if (typeof record !== "object" || !isRunning(record)) {
    throw new LaunchError("No playground runs here.", [
      "Start it in another terminal:  npm start",
      `(Looked for its record in ${directory}; TORTIE_DATA_DIR names another folder.)`,
    ]);
  }
  if (!hasNamespaces(record.runId)) {
    throw new LaunchError("Tortie runs, but its playground does not, or not yet.", [
      "What npm start printed in its terminal tells why.",
    ]);
  }
  return record.runId;
}

/** @param {readonly Machine[]} all */
async function showAll(all) {
  for (const line of formatMatrix(await askMachines(all, observe))) say(line);
  return 0;
}

/** @param {readonly Machine[]} all @param {{ from: string; to: string; port: number | "ping" }} request */
async function showOne(all, { from, to, port }) {
  const source = namedMachine(all, from);
  const targets = namedMachine(all, to).addresses.map((host) => ({ host, port }));
  const reached = await askMachines([source], async (prober, [only]) =>
    only ? prober.probe(only.send, targets) : undefined,
  );
  if (reached === undefined) throw new LaunchError(`${from} did not answer.`);
  const what = port === "ping" ? "ping" : `tcp ${port}`;
  targets.forEach(({ host }, index) => {
    say(`${from} → ${to} (${host}) ${what}: ${reached[index] ? "connected" : "no connection"}`);
  });
  return reached.every(Boolean) ? 0 : 1;
}

/** @param {readonly Machine[]} all @param {string} name */
function namedMachine(all, name) {
  const machine = all.find((candidate) => candidate.name === name);
  if (machine === undefined) throw new LaunchError(`There is no machine ${name}.`);
  return machine;
}
