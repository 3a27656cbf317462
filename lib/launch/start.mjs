// `npm start`: from a bare checkout to a board, a store, and on Linux as root a playground that enforces.

import { join } from "node:path";
import { LaunchError } from "./base/launch-error.mjs";
import { bold, say, step, warn } from "./base/terminal.mjs";
import { playgroundObstacle } from "./playground/make-namespaces.mjs";
import { startPlayground } from "./playground/start-playground.mjs";
import { build, isBuilt } from "./prepare/build.mjs";
import { installPackages } from "./prepare/install-packages.mjs";
import { installNpmPackages } from "./prepare/npm-packages.mjs";
import { playgroundNeeds } from "./prepare/packages.mjs";
import { unpackEtcd } from "./prepare/private-etcd.mjs";
import { withRun } from "./run/with-run.mjs";
import { boardService } from "./services/board.mjs";
import { requireFreePorts, startEtcd } from "./services/start-etcd.mjs";

/** @typedef {import("./run/with-run.mjs").Run} Run */

process.exitCode = await withRun("Tortie", process.env, async (run) => {
  const { settings, start } = run;
  await requireFreePorts(settings);
  const obstacle = await preparePlayground(run);
  await prepareRest(run);
  await startEtcd(run);
  await step("Board", async () => {
    await start(boardService({ port: settings.boardPort, etcdEndpoints: settings.etcdEndpoints }));
    return settings.boardUrl;
  });
  const watch = obstacle === undefined ? await tryPlayground(run) : explainMissingPlayground(obstacle);
  welcome(run, watch !== undefined);
  void watch?.();
});

/** Installs what the playground runs on; returns why there can be none. @param {Run} run */
async function preparePlayground(run) {
  if (run.settings.playground === "never") return new LaunchError("TORTIE_PLAYGROUND=no");
  const reason = await playgroundObstacle();
  if (reason !== undefined) return new LaunchError(reason);
  return unlessLaunchError(() =>
    step("Debian packages", (progress) => installPackages(playgroundNeeds, installOptions(run, progress))),
  );
}

/** @param {Run} run */
async function prepareRest(run) {
  if (run.settings.etcd.kind === "embedded") {
    await step("etcd's programs", (progress) => unpackEtcd(installOptions(run, progress)));
  }
  await step("npm packages", (progress) => installNpmPackages(installOptions(run, progress)));
  await step("Build", (progress) => (isBuilt() ? "up to date" : build(installOptions(run, progress))));
}

/** @param {Run} run */
async function tryPlayground(run) {
  /** @type {(() => Promise<void>) | undefined} */
  let watch;
  const obstacle = await unlessLaunchError(() =>
    step("Playground", async () => {
      watch = await startPlayground(run);
      return `network namespaces tortie-${run.record.runId}-*, the agent in tortie-${run.record.runId}-node`;
    }),
  );
  return obstacle === undefined ? watch : explainMissingPlayground(obstacle);
}

/** @param {LaunchError} obstacle */
function explainMissingPlayground(obstacle) {
  warn(`No playground and no agent: ${obstacle.message.replace(/[.]$/, "")}.`, [
    ...obstacle.advice,
    "Everything else runs; policy is stored and shown, and nothing enforces it here.",
  ]);
  return undefined;
}

/** What a person can put right, as a value. @param {() => Promise<void>} work */
async function unlessLaunchError(work) {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof LaunchError) return error;
    throw error;
  }
}

/** @param {Run} run @param {(text: string) => void} progress */
function installOptions({ settings, signal }, progress) {
  return { logFile: join(settings.logDirectory, "install.log"), signal, progress };
}

/** @param {Run} run @param {boolean} hasPlayground */
function welcome({ settings }, hasPlayground) {
  const { boardUrl, etcdEndpoints } = settings;
  const setEndpoints = etcdEndpoints === "http://127.0.0.1:2379" ? "" : `export ETCD_ENDPOINTS=${etcdEndpoints}; `;
  say();
  say(`  Open   ${bold(boardUrl)}`);
  say(`  or     ${setEndpoints}npx calicoctl profile add WEB`);
  if (hasPlayground) {
    say("  Try    npm run playground -- web app 7890     (one connection)");
    say("         npm run playground                     (all of them)");
  }
  say("  Stop   Ctrl-C");
  say();
  if (hasPlayground)
    say("What connects in the playground now, tried with real packets; changes follow as they happen:");
}
