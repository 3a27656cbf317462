import { join } from "node:path";
import { dataDirectory } from "../base/paths.mjs";
import { parseEtcdEndpoints } from "../services/etcd-relay.mjs";
import { parsePort } from "../services/ports.mjs";

/**
 * @typedef {object} StartSettings
 * @property {string} dataDirectory
 * @property {string} logDirectory
 * @property {number} boardPort
 * @property {string} boardUrl
 * @property {{ kind: "embedded"; port: number } | { kind: "external" }} etcd
 * @property {string} etcdEndpoints                  as the board and calicoctl take it
 * @property {readonly import("../services/etcd-relay.mjs").EtcdAddress[]} etcdAddresses
 * @property {"when-alone" | "always" | "never"} playground   alone: no other node's endpoints are in the store
 */

/** What the environment asks for. @returns {StartSettings} */
export function readStartSettings(env = process.env) {
  const isExternal = env.ETCD_ENDPOINTS !== undefined && env.ETCD_ENDPOINTS.trim() !== "";
  const port = parsePort("TORTIE_ETCD_PORT", env.TORTIE_ETCD_PORT, 2379);
  const boardPort = parsePort("PORT", env.PORT, 3000);
  const etcdEndpoints = isExternal ? String(env.ETCD_ENDPOINTS) : `http://127.0.0.1:${port}`;
  const data = dataDirectory(env);
  return {
    dataDirectory: data,
    logDirectory: join(data, "logs"),
    boardPort,
    boardUrl: `http://127.0.0.1:${boardPort}`,
    etcd: isExternal ? { kind: "external" } : { kind: "embedded", port },
    etcdEndpoints,
    etcdAddresses: parseEtcdEndpoints(etcdEndpoints),
    playground: parsePlayground(env.TORTIE_PLAYGROUND),
  };
}

/** @param {string | undefined} text */
function parsePlayground(text) {
  if (text === "yes") return "always";
  if (text === "no") return "never";
  return "when-alone";
}
