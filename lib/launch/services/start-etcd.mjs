import { join } from "node:path";
import { LaunchError } from "../base/launch-error.mjs";
import { step } from "../base/terminal.mjs";
import { etcdService, publishLimits } from "./embedded-etcd.mjs";
import { reachableAddress } from "./etcd-relay.mjs";
import { requireFreePort } from "./ports.mjs";

/** @typedef {import("../run/with-run.mjs").Run} Run */
/** @typedef {import("../run/start-settings.mjs").StartSettings} StartSettings */

/** Refuses taken ports before time is spent on anything else. */
export async function requireFreePorts(/** @type {StartSettings} */ { boardPort, etcd }) {
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

/** Starts the embedded etcd, or makes sure that the one outside answers. */
export async function startEtcd(/** @type {Run} */ { settings, start }) {
  const { etcd, etcdAddresses, etcdEndpoints, dataDirectory } = settings;
  await step("etcd", async () => {
    if (etcd.kind === "embedded") {
      await start(etcdService({ dataDirectory, port: etcd.port }));
      await publishLimits(etcdEndpoints);
      return `${etcdEndpoints}, data in ${join(dataDirectory, "etcd")}`;
    }
    if ((await reachableAddress(etcdAddresses)) === undefined) {
      throw new LaunchError(`No etcd answers at ETCD_ENDPOINTS=${etcdEndpoints}.`, [
        "Start it or correct the address; without ETCD_ENDPOINTS, npm start runs an etcd of its own.",
      ]);
    }
    return `the one at ${etcdEndpoints}`;
  });
}
