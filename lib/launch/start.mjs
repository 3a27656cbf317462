import { join } from "node:path";
import { LaunchError } from "./base/launch-error.mjs";
import { bold, complain, dim, say, step, warn } from "./base/terminal.mjs";
import { playgroundObstacle } from "./playground/make-namespaces.mjs";
import { startPlayground } from "./playground/start-playground.mjs";
import { build, isBuilt } from "./prepare/build.mjs";
import { installPackages } from "./prepare/install-packages.mjs";
import { installNpmPackages } from "./prepare/npm-packages.mjs";
import { playgroundNeeds } from "./prepare/packages.mjs";
import { unpackEtcd } from "./prepare/private-etcd.mjs";
import { boardService } from "./run/board.mjs";
import { claimRun, releaseRun } from "./run/claim-run.mjs";
import { etcdService, prepareDataDirectory } from "./run/embedded-etcd.mjs";
import { reachableAddress } from "./run/etcd-relay.mjs";
import { requireFreePort } from "./run/ports.mjs";
import { requireMachine } from "./run/require-machine.mjs";
import { readStartSettings } from "./run/start-settings.mjs";
import { StopRequest, stopOnSignals } from "./run/stop-on-signals.mjs";
import { createSupervisor, markOurPrograms } from "./run/supervisor.mjs";

/** @typedef {import("./run/start-settings.mjs").StartSettings} StartSettings */
/** @typedef {import("./run/run-record.mjs").RunRecord} RunRecord */
/** @typedef {ReturnType<typeof import("./run/stop-on-signals.mjs").stopOnSignals>} Stop */

process.exitCode = await main();

async function main() {
  const stop = stopOnSignals();
  try {
    requireMachine();
    const settings = readStartSettings();
    prepareDataDirectory(settings.dataDirectory);
    say(bold("Tortie") + dim("  data, logs and the record of this run: ") + settings.dataDirectory);
    await runTortie(settings, stop);
    return 0;
  } catch (error) {
    if (error instanceof StopRequest) return 0;
    if (!(error instanceof LaunchError)) throw error;
    complain(error.message, error.advice);
    return 1;
  }
}

/** @param {StartSettings} settings @param {Stop} stop */
async function runTortie(settings, stop) {
  const boardUrl = `http://127.0.0.1:${settings.boardPort}`;
  const record = await claimRun(settings.dataDirectory, {
    boardUrl,
    etcdEndpoints: settings.etcdEndpoints,
    onCleanUp: (text) => say(`  ${text}`),
  });
  markOurPrograms(record.runId);
  const supervisor = createSupervisor({
    logDirectory: join(settings.dataDirectory, "logs"),
    signal: stop.signal,
    onTrouble: (message, logFile) => warn(message, [`Its log: ${logFile}`]),
    onGiveUp: (error) => stop.fail(error),
  });
  /** @type {(() => void)[]} */
  const closers = [];
  try {
    await requireFreePorts(settings);
    const obstacle = await playgroundObstacle();
    await prepare(settings, { signal: stop.signal, withPlayground: obstacle === undefined });
    await startEtcd(settings, supervisor.start);
    await step("Board", async () => {
      await supervisor.start(boardService({ port: settings.boardPort, etcdEndpoints: settings.etcdEndpoints }));
      return boardUrl;
    });
    if (obstacle !== undefined)
      warn(`No playground and no agent: ${obstacle}.`, [
        "Everything else runs; policy is stored and shown, and nothing enforces it here.",
      ]);
    const playground =
      obstacle === undefined ? await startPlaygroundStep(settings, record, supervisor.start) : undefined;
    if (playground) closers.push(playground.close);
    welcome(settings, boardUrl, playground !== undefined);
    void playground?.watch(stop.signal, say);
    await stop.requested;
  } finally {
    stop.beginCleanUp(record.runId);
    await step("Stopping", async () => {
      await supervisor.stopAll();
      for (const close of closers) close();
      await releaseRun(settings.dataDirectory, record);
      return "everything this run made is gone; the data stays";
    });
  }
}

/** @param {StartSettings} settings */
async function requireFreePorts({ boardPort, etcd }) {
  await requireFreePort(boardPort, {
    use: "the board",
    advice: [`Choose another:  PORT=${boardPort + 100} npm start`],
  });
  if (etcd.kind === "external") return;
  await requireFreePort(etcd.port, {
    use: "the embedded etcd",
    advice: [
      `If that is an etcd you want to use:  ETCD_ENDPOINTS=http://127.0.0.1:${etcd.port} npm start`,
      `Otherwise choose another port:  TORTIE_ETCD_PORT=${etcd.port + 100} npm start`,
    ],
  });
}

/** @param {StartSettings} settings @param {{ signal: AbortSignal; withPlayground: boolean }} options */
async function prepare(settings, { signal, withPlayground }) {
  const logFile = join(settings.dataDirectory, "logs", "install.log");
  const options = (/** @type {(text: string) => void} */ progress) => ({ logFile, signal, progress });
  if (withPlayground) await step("Debian packages", (progress) => installPackages(playgroundNeeds, options(progress)));
  if (settings.etcd.kind === "embedded") await step("etcd's programs", (progress) => unpackEtcd(options(progress)));
  await step("npm packages", (progress) => installNpmPackages(options(progress)));
  await step("Build", (progress) => (isBuilt() ? "up to date" : build(options(progress))));
}

/** @param {StartSettings} settings @param {ReturnType<typeof createSupervisor>["start"]} start */
async function startEtcd(settings, start) {
  const { etcd, etcdAddresses, etcdEndpoints, dataDirectory } = settings;
  if (etcd.kind === "embedded") {
    return step("etcd", async () => {
      await start(etcdService({ dataDirectory, port: etcd.port }));
      return `${etcdEndpoints}, data in ${join(dataDirectory, "etcd")}`;
    });
  }
  return step("etcd", async () => {
    if ((await reachableAddress(etcdAddresses)) === undefined) {
      throw new LaunchError(`No etcd answers at ETCD_ENDPOINTS=${etcdEndpoints}.`, [
        "Start it or correct the address; without ETCD_ENDPOINTS, npm start runs an etcd of its own.",
      ]);
    }
    return `the one at ${etcdEndpoints}`;
  });
}

/** @param {StartSettings} settings @param {RunRecord} record @param {ReturnType<typeof createSupervisor>["start"]} start */
async function startPlaygroundStep({ etcdEndpoints, etcdAddresses }, { runId, socketDirectory }, start) {
  /** @type {Awaited<ReturnType<typeof startPlayground>> | undefined} */
  let playground;
  await step("Playground", async () => {
    playground = await startPlayground({ runId, socketDirectory, etcdEndpoints, etcdAddresses, start });
    return `network namespaces tortie-${runId}-*, the agent in tortie-${runId}-node`;
  });
  return playground;
}

/** @param {StartSettings} settings @param {string} boardUrl @param {boolean} hasPlayground */
function welcome({ etcdEndpoints }, boardUrl, hasPlayground) {
  const isPreset = etcdEndpoints === "http://127.0.0.1:2379";
  say();
  say(`  Open   ${bold(boardUrl)}`);
  say(`  or     ${isPreset ? "" : `export ETCD_ENDPOINTS=${etcdEndpoints}; `}npx calicoctl profile add WEB`);
  if (hasPlayground) {
    say("  Try    npm run playground -- web app 7890     (one connection)");
    say("         npm run playground                     (all of them)");
  }
  say("  Stop   Ctrl-C");
  say();
  if (hasPlayground)
    say("The playground's connections that work now, tried with real packets; changes follow as they happen:");
}
