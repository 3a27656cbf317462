// `npm run dev`: the board from its sources, reloading as they change, and the agent printing what it would do.

import { join } from "node:path";
import { root } from "./base/paths.mjs";
import { say, step } from "./base/terminal.mjs";
import { installNpmPackages } from "./prepare/npm-packages.mjs";
import { unpackEtcd } from "./prepare/private-etcd.mjs";
import { withRun } from "./run/with-run.mjs";
import { boardEnvironment, isAnswering } from "./services/board.mjs";
import { requireFreePorts, startEtcd } from "./services/start-etcd.mjs";

const env = { ...process.env, TORTIE_DATA_DIR: process.env.TORTIE_DATA_DIR ?? join(root, ".tortie", "dev") };
const binary = (/** @type {string} */ name) => join(root, "node_modules", ".bin", name);

process.exitCode = await withRun("Tortie, for developers", env, async (run) => {
  const { settings, start } = run;
  const options = { logFile: join(settings.logDirectory, "install.log"), signal: run.signal };
  const { boardPort: port, etcdEndpoints } = settings;
  await requireFreePorts(settings);
  if (settings.etcd.kind === "embedded") {
    await step("etcd's programs", (progress) => unpackEtcd({ ...options, progress }));
  }
  await step("npm packages", (progress) => installNpmPackages({ ...options, progress }));
  await startEtcd(run);
  await step("Board", async () => {
    await start({
      name: "board",
      argv: [binary("next"), "dev", "--hostname=127.0.0.1", `--port=${port}`],
      env: { ...boardEnvironment({ port, etcdEndpoints }), NODE_ENV: "development" },
      isReady: () => isAnswering(settings.boardUrl),
    });
    return settings.boardUrl;
  });
  const agent = await start({
    name: "agent",
    argv: [binary("tsx"), "watch", "lib/agent/main.ts", "run", "--host=dev", "--dry-run"],
    env: { ETCD_ENDPOINTS: etcdEndpoints },
  });
  say(`The agent of the node "dev" writes what it would do to ${agent.logFile}`);
  say("Stop with Ctrl-C.");
});
